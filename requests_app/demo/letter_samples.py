"""One letter of every kind, in every tone and by every route, to one city: for docs and tests.

Their requests walk through the real actions, on fixed days. Only what would differ from one run to
the next is set by hand: the reference and the reply address.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cities.schema.city import RequestKind, Route
from cities.schema.load import load_city
from requests_app import letters
from requests_app.actions.requests import (
    appeals,
    city_determinations,
    city_progress,
)
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.demo.finished_drafts import finish
from requests_app.demo.sample_words import ALSO, FULL, LEAST
from requests_app.demo.walked_requests import (
    BODY,
    CLERK,
    FILED_ON,
    WRITTEN,
    Walker,
    city_answer,
)
from requests_app.letters import Sending
from requests_app.letters.facts.declared_facts import REQUEST_LETTER
from requests_app.models import (
    Appeal,
    Channel,
    EventKind,
    LetterKind,
    RecordsRequest,
    User,
)
from requests_app.office_contacts import goes_to_the_agency
from requests_app.vocabulary.exhibit_numbers import named
from requests_app.vocabulary.letter_description import example_of

LATE = timedelta(days=7)
FURTHER_EXHIBITS = (
    (4, "E-mail from the city, November 12, 2026"),
    (5, "Minutes of the council of October 5, 2026"),
)
REPLIES_TO = "r-k7m2qdw4-v3@desk.ledger.example"
AFTER_DECISIONS = {"decision": "affirmed", "disobeyed": "reversed"}
# What a letter's samples must come after, and the city's answer that leaves it.
STEPS = {
    EventKind.DENIED: "denied",
    EventKind.GRANTED: "granted",
    EventKind.NO_RECORDS: "no_records",
    EventKind.FEES_ESTIMATED: "fee",
    EventKind.EXTENDED: "extension",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One letter: its name among a city's, and what stands on its paper."""

    name: str
    kind: LetterKind
    composition: letters.Composition
    sheet: letters.Sheet


def samples(city_slug: str, *, by: User) -> Iterator[Sample]:
    """Every letter to the city."""
    writer = _Writer(load_city(city_slug), by)
    yield from writer.requests()
    yield from writer.replies()
    yield from writer.follow_ups()
    yield from writer.offered()
    yield from writer.challenges()
    yield from writer.in_a_challenge()


@dataclass(frozen=True, slots=True)
class _Writer(Walker):
    """Writes its letters of requests that walked to where each makes sense."""

    def requests(self) -> Iterator[Sample]:
        for kind in RequestKind:
            stem = REQUEST_LETTER[kind]
            also = {f"{stem}-{name}": words for name, words in ALSO.get(kind, {}).items()}
            said = {stem: FULL[kind], f"{stem}-least": LEAST[kind]} | also
            for name, words in said.items():
                request = self.draft(kind, **words)
                letter = letters.PlannedLetter(
                    request, stem, Sending(Channel.EMAIL, CLERK), FILED_ON, self.by
                )
                yield self._sample(name, letters.compose_request(request), letter)
        yield self._posted()

    def _posted(self) -> Sample:
        """By post: it is received on a day that nobody knows yet."""
        kind = LetterKind.RECORDS_REQUEST
        request = self.draft(RequestKind.RECORDS, **FULL[RequestKind.RECORDS])
        sending = Sending(Channel.POST, "1 Main Street\nAnytown")
        letter = letters.PlannedLetter(request, kind, sending, FILED_ON, self.by)
        return self._sample(f"{kind}-posted", letters.compose_request(request), letter)

    def replies(self) -> Iterator[Sample]:
        K = LetterKind
        asked = self.filed()
        city_progress.request_clarification(
            asked, answer=city_answer("Which units do you mean?"), **self.now
        )
        question, answer = "Which units do you mean?", "The patrol division, in all districts."
        yield self._reply(K.CLARIFICATION_ANSWER, asked, question=question, answer=answer)
        yield self._reply(K.CLARIFICATION_ANSWER, asked, variant="least")
        narrowed = ["use-of-force reports of January 2024", "the log for that month"]
        yield self._reply(K.NARROWING, asked, narrowed=narrowed)

        quoted = self.filed()
        city_progress.estimate_fees(
            quoted, answer=city_answer(), amount=Decimal("180.00"), **self.now
        )
        for kind in (K.FEE_ACCEPTANCE, K.FEE_REFUSAL, K.FEE_WAIVER_REQUEST):
            yield self._reply(kind, quoted)

        denied = self.answered("denied")
        yield self._reply(K.GROUNDS_REQUEST, denied)
        yield self._reply(K.NOTICE_OF_SUIT, denied, answer_by_on=WRITTEN + timedelta(days=10))

        waiting = self.filed()
        one = ["the log of use-of-force reports for 2024"]
        yield self._reply(K.NARROWING, waiting, variant="one", narrowed=one)
        yield self._reply(K.NARROWING, waiting, variant="least")
        reason = "the city has published the reports since"
        yield self._reply(K.WITHDRAWAL, waiting, reason=reason)
        yield self._reply(K.WITHDRAWAL, waiting, variant="least")
        yield self._reply(K.NOTICE_OF_SUIT, waiting, variant="silence", on=self.due(waiting) + LATE)

        thanked = self.filed()
        city_determinations.grant(thanked, answer=city_answer(), **self.now)
        yield self._reply(K.THANKS, thanked)
        yield self._reply(K.THANKS, self.answered("granted_in_part"), variant="in_part")
        yield self._reply(K.REPLY, waiting)
        access = self.filed(RequestKind.ACCESS)
        yield self._reply(K.ESCALATION, access)
        refused = self.answered("denied", RequestKind.ACCESS)
        yield self._reply(K.ESCALATION, refused, variant="denied")
        dataset = self.filed(RequestKind.DATASET)
        yield self._reply(K.FEE_WAIVER_REQUEST, dataset, variant="dataset")
        yield self._reply(K.GROUNDS_REQUEST, dataset, variant="dataset")

    def follow_ups(self) -> Iterator[Sample]:
        """The three tones, and the one without a day."""
        waiting = self.filed()
        due = self.due(waiting)
        kind = LetterKind.FOLLOW_UP
        yield self._reply(kind, waiting, variant="before", on=due - timedelta(days=1))
        yield self._reply(kind, waiting, variant="on", on=due)
        yield self._reply(kind, waiting, variant="after", on=due + LATE)
        acknowledged = self.filed()
        city_progress.acknowledge(acknowledged, answer=city_answer(), **self.now)
        yield self._reply(kind, acknowledged, variant="after_one_day", on=due + timedelta(days=1))
        yield self._reply(kind, self.filed(RequestKind.DATASET), variant="no_clock")

    def offered(self) -> Iterator[Sample]:
        """Each letter that its description offers: with all that its form asks, and with none."""
        for kind, offer in LetterKind.offered().items():
            of = RequestKind.RECORDS if RequestKind.RECORDS in offer.kinds else offer.kinds[0]
            step = STEPS.get(offer.after[0], "") if offer.after else ""
            request = self.answered(step, of)
            entered = {question.name: question.example for question in offer.questions}
            yield self._reply(kind, request, **entered)
            if entered:
                yield self._reply(kind, request, variant="least")

    def challenges(self) -> Iterator[Sample]:
        """Every route after every answer that opens it."""
        challenged: dict[tuple[str, ...], RecordsRequest] = {}
        for route in self.city.all_routes():
            kind = route.for_kinds[0]
            for answer in route.follows:
                if answer in AFTER_DECISIONS:
                    yield self._after_decision(route, answer)
                    continue
                custodian = route.for_custodians[0]
                key = (answer, kind, custodian)
                if key not in challenged:
                    challenged[key] = self.answered(*key)
                yield self._challenge(route, challenged[key], answer)
        yield self._denied_then_in_part()

    def _denied_then_in_part(self) -> Sample:
        """By the first way that the law gives: the city first denied all, then released a part."""
        route = self.city.routes_after("granted_in_part", "city", RequestKind.RECORDS)[0]
        request = self.answered("denied")
        words = CityAnswer(on=WRITTEN, text="")
        claimed = self.claimed(RequestKind.RECORDS)
        city_determinations.grant_in_part(request, answer=words, exemptions=claimed, **self.now)
        request.refresh_from_db()
        sample = self._challenge(route, self.fixed(request), "granted_in_part")
        return replace(sample, name=f"{LetterKind.APPEAL}_{route.slug}-denied_then_in_part")

    def _after_decision(self, route: Route, answer: str) -> Sample:
        """The route, after a step before it was lost; or won, and the city did nothing."""
        kind, earlier = self._step_before(route)
        request = self.answered("denied", kind)
        appeal = appeals.draft(request, route=earlier, **self.now)
        finish(appeal, **self.now)
        delivery = appeals.file(appeal, sending=Sending(Channel.EMAIL, BODY), **self.now)
        self.leave(delivery.pk, self.at)
        decision = appeals.Decision(WRITTEN, AFTER_DECISIONS[answer])
        appeals.decide(appeal, decision, **self.now)
        request.refresh_from_db()
        return self._challenge(route, self.fixed(request), answer)

    def _step_before(self, route: Route) -> tuple[RequestKind, str]:
        """A kind of request, and a route open to it that comes before this one; where none comes
        before, another one that binds nobody."""
        others = [
            (kind, earlier)
            for kind in route.for_kinds
            if not self.city.escalations_for(kind)
            for earlier in self.city.routes_after("denied", "city", kind)
            if earlier != route and (not route.after or earlier.slug in route.after)
        ]
        others.sort(key=lambda one: (one[1].order > route.order, one[1].is_court))
        return others[0][0], others[0][1].slug

    def _challenge(self, route: Route, request: RecordsRequest, answer: str) -> Sample:
        appeal = Appeal(
            records_request=request,
            route=route.slug,
            answers=answer,
            subject=request.subject,
            created_by=self.by,
        )
        on = self.due(request) + LATE if answer == "silence" else WRITTEN
        name = f"{LetterKind.APPEAL}_{route.slug}-{answer}"
        composed = letters.compose_appeal(appeal, on=on)
        to = CLERK if route.is_court else BODY
        letter = letters.PlannedLetter(
            request, LetterKind.APPEAL, Sending(Channel.EMAIL, to), on, self.by, appeal
        )
        return self._sample(name, composed, letter)

    def _reply(
        self,
        kind: LetterKind,
        request: RecordsRequest,
        *,
        variant: str = "",
        on: date = WRITTEN,
        **entered: Any,
    ) -> Sample:
        composed = letters.compose_reply(self.fixed(request), kind, on=on, **entered)
        name = f"{kind}-{variant}" if variant else kind
        letter = letters.PlannedLetter(request, kind, Sending(Channel.EMAIL, CLERK), on, self.by)
        return self._sample(name, composed, letter)

    def _sample(
        self, name: str, composed: letters.Composition, letter: letters.PlannedLetter
    ) -> Sample:
        sheet = letters.sheet_for(letter, composed.text)
        return Sample(name, letter.kind, composed, replace(sheet, reply_address=REPLIES_TO))

    def in_a_challenge(self) -> Iterator[Sample]:
        """Each letter in a filed challenge, by the first way that the law gives."""
        for kind, offer in LetterKind.in_a_challenge().items():
            outcome = next(iter(offer.outcomes), "")
            appeal = self.filed_challenge(outcome, is_offered=bool(offer.after))
            entered = {one.name: example_of(one) for one in kind.described.questions}
            for variant, said in (("", entered), ("least", {})):
                yield self._of_a_challenge(kind, appeal, variant, said)

    def _of_a_challenge(
        self, kind: LetterKind, appeal: Appeal, variant: str, entered: dict[str, Any]
    ) -> Sample:
        offer = kind.described.in_a_challenge
        further = FURTHER_EXHIBITS if entered and offer and offer.has_exhibits else ()
        if further:
            entered = {**entered, "further_exhibits": named(number for number, _ in further)}
        composed = letters.compose_in_challenge(appeal, kind, on=WRITTEN, **entered)
        letter = letters.PlannedLetter(
            appeal.records_request,
            kind,
            Sending(Channel.EMAIL, CLERK if goes_to_the_agency(kind) else BODY),
            WRITTEN,
            self.by,
            appeal,
            further_exhibits=further,
        )
        return self._sample(f"{kind}-{variant}" if variant else kind, composed, letter)
