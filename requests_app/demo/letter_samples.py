"""One letter of every kind, in every tone and by every route, to one city: for docs and tests.

Their requests walk through the real actions, on fixed days. Only what would differ from one run to
the next is set by hand: the reference and the reply address.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from cities.schema.city import City, RequestKind, Route
from cities.schema.load import load_city
from requests_app import letters
from requests_app.actions.requests import (
    appeals,
    city_determinations,
    city_progress,
    drafting,
    submission,
)
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.delivery import outbox
from requests_app.demo.finished_drafts import finish
from requests_app.demo.sample_words import FULL, LEAST, SUBJECTS
from requests_app.ledger.attribution import Attribution
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

FILED = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)  # a Monday; morning in the west
FILED_ON = FILED.date()
ANSWERED = date(2026, 11, 4)
WRITTEN = date(2026, 11, 6)
EXTENDED_TO = date(2027, 3, 1)
LATE = timedelta(days=7)
CLERK = "records@city.example"
BODY = "filings@body.example"
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
CLAIMED = 2  # how many of a state's exemptions the city claims: the first ones


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


@dataclass(frozen=True, slots=True)
class _Writer:
    city: City
    by: User

    def requests(self) -> Iterator[Sample]:
        for kind in RequestKind:
            stem = REQUEST_LETTER[kind]
            for name, words in ((stem, FULL), (f"{stem}-least", LEAST)):
                request = self._draft(kind, **words[kind])
                letter = letters.PlannedLetter(
                    request, stem, Sending(Channel.EMAIL, CLERK), FILED_ON, self.by
                )
                yield self._sample(name, letters.compose_request(request), letter)
        yield self._posted()

    def _posted(self) -> Sample:
        """By post: it is received on a day that nobody knows yet."""
        kind = LetterKind.RECORDS_REQUEST
        request = self._draft(RequestKind.RECORDS, **FULL[RequestKind.RECORDS])
        sending = Sending(Channel.POST, "1 Main Street\nAnytown")
        letter = letters.PlannedLetter(request, kind, sending, FILED_ON, self.by)
        return self._sample(f"{kind}-posted", letters.compose_request(request), letter)

    def replies(self) -> Iterator[Sample]:
        K = LetterKind
        asked = self._filed()
        city_progress.request_clarification(
            asked, answer=_city_answer("Which units do you mean?"), **self._now
        )
        question, answer = "Which units do you mean?", "The patrol division, in all districts."
        yield self._reply(K.CLARIFICATION_ANSWER, asked, question=question, answer=answer)
        yield self._reply(K.CLARIFICATION_ANSWER, asked, variant="least")
        narrowed = ["use-of-force reports of January 2024", "the log for that month"]
        yield self._reply(K.NARROWING, asked, narrowed=narrowed)

        quoted = self._filed()
        city_progress.estimate_fees(
            quoted, answer=_city_answer(), amount=Decimal("180.00"), **self._now
        )
        for kind in (K.FEE_ACCEPTANCE, K.FEE_REFUSAL, K.FEE_WAIVER_REQUEST):
            yield self._reply(kind, quoted)

        denied = self._answered("denied")
        yield self._reply(K.GROUNDS_REQUEST, denied)
        yield self._reply(K.NOTICE_OF_SUIT, denied, answer_by_on=WRITTEN + timedelta(days=10))

        waiting = self._filed()
        one = ["the log of use-of-force reports for 2024"]
        yield self._reply(K.NARROWING, waiting, variant="one", narrowed=one)
        yield self._reply(K.NARROWING, waiting, variant="least")
        reason = "the city has published the reports since"
        yield self._reply(K.WITHDRAWAL, waiting, reason=reason)
        yield self._reply(K.WITHDRAWAL, waiting, variant="least")
        yield self._reply(
            K.NOTICE_OF_SUIT, waiting, variant="silence", on=self._due(waiting) + LATE
        )

        thanked = self._filed()
        city_determinations.grant(thanked, answer=_city_answer(), **self._now)
        yield self._reply(K.THANKS, thanked)
        yield self._reply(K.THANKS, self._answered("granted_in_part"), variant="in_part")
        yield self._reply(K.REPLY, waiting)
        dataset = self._filed(RequestKind.DATASET)
        yield self._reply(K.FEE_WAIVER_REQUEST, dataset, variant="dataset")
        yield self._reply(K.GROUNDS_REQUEST, dataset, variant="dataset")

    def follow_ups(self) -> Iterator[Sample]:
        """The three tones, and the one without a day."""
        waiting = self._filed()
        due = self._due(waiting)
        kind = LetterKind.FOLLOW_UP
        yield self._reply(kind, waiting, variant="before", on=due - timedelta(days=1))
        yield self._reply(kind, waiting, variant="on", on=due)
        yield self._reply(kind, waiting, variant="after", on=due + LATE)
        acknowledged = self._filed()
        city_progress.acknowledge(acknowledged, answer=_city_answer(), **self._now)
        yield self._reply(kind, acknowledged, variant="after_one_day", on=due + timedelta(days=1))
        yield self._reply(kind, self._filed(RequestKind.DATASET), variant="no_clock")

    def offered(self) -> Iterator[Sample]:
        """Each letter that its description offers: with all that its form asks, and with none."""
        for kind, offer in LetterKind.offered().items():
            of = RequestKind.RECORDS if RequestKind.RECORDS in offer.kinds else offer.kinds[0]
            step = STEPS.get(offer.after[0], "") if offer.after else ""
            request = self._answered(step, of)
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
                    challenged[key] = self._answered(*key)
                yield self._challenge(route, challenged[key], answer)
        yield self._denied_then_in_part()

    def _denied_then_in_part(self) -> Sample:
        """By the first way that the law gives: the city first denied all, then released a part."""
        route = self.city.routes_after("granted_in_part", "city", RequestKind.RECORDS)[0]
        request = self._answered("denied")
        words = CityAnswer(on=WRITTEN, text="")
        claimed = self._claimed(RequestKind.RECORDS)
        city_determinations.grant_in_part(request, answer=words, exemptions=claimed, **self._now)
        request.refresh_from_db()
        sample = self._challenge(route, self._fixed(request), "granted_in_part")
        return replace(sample, name=f"{LetterKind.APPEAL}_{route.slug}-denied_then_in_part")

    def _after_decision(self, route: Route, answer: str) -> Sample:
        """The route, after a step before it was lost; or won, and the city did nothing."""
        kind, earlier = self._step_before(route)
        request = self._answered("denied", kind)
        appeal = appeals.draft(request, route=earlier, **self._now)
        finish(appeal, **self._now)
        delivery = appeals.file(appeal, sending=Sending(Channel.EMAIL, BODY), **self._now)
        self._leave(delivery.pk, self._at)
        decision = appeals.Decision(WRITTEN, AFTER_DECISIONS[answer])
        appeals.decide(appeal, decision, **self._now)
        request.refresh_from_db()
        return self._challenge(route, self._fixed(request), answer)

    def _step_before(self, route: Route) -> tuple[RequestKind, str]:
        """A kind of request, and a route open to it that comes before this one."""
        return next(
            (kind, earlier.slug)
            for kind in route.for_kinds
            for earlier in self.city.routes_after("denied", "city", kind)
            if earlier.order < route.order and (not route.after or earlier.slug in route.after)
        )

    def _challenge(self, route: Route, request: RecordsRequest, answer: str) -> Sample:
        appeal = Appeal(
            records_request=request,
            route=route.slug,
            answers=answer,
            subject=request.subject,
            created_by=self.by,
        )
        on = self._due(request) + LATE if answer == "silence" else WRITTEN
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
        composed = letters.compose_reply(self._fixed(request), kind, on=on, **entered)
        name = f"{kind}-{variant}" if variant else kind
        letter = letters.PlannedLetter(request, kind, Sending(Channel.EMAIL, CLERK), on, self.by)
        return self._sample(name, composed, letter)

    def _sample(
        self, name: str, composed: letters.Composition, letter: letters.PlannedLetter
    ) -> Sample:
        sheet = letters.sheet_for(letter, composed.text)
        return Sample(name, letter.kind, composed, replace(sheet, reply_address=REPLIES_TO))

    # Requests, walked to where they must stand --------------------------------------------------

    def _draft(
        self, kind: RequestKind, custodian: str = "city", **particulars: Any
    ) -> RecordsRequest:
        offices = self.city.offices_for(kind)
        if custodian != "city":  # an elected official, say, who holds records of their own
            offices = tuple(o for o in self.city.offices if o.custodian == custodian)
        office = offices[0].role
        request = drafting.begin(
            city_slug=self.city.slug,
            kind=kind,
            details=drafting.RequestDetails(
                office_role=office, subject=SUBJECTS[kind], particulars=particulars
            ),
            by=Attribution(self.by, FILED),
        )
        return self._fixed(request)

    def _filed(
        self, kind: RequestKind = RequestKind.RECORDS, custodian: str = "city"
    ) -> RecordsRequest:
        """E-mailed on a Monday, and taken by the city's server."""
        request = self._draft(kind, custodian, **FULL[kind])
        delivery = submission.submit(
            request, by=Attribution(self.by, FILED), sending=Sending(Channel.EMAIL, CLERK)
        )
        self._leave(delivery.pk, FILED)
        request.refresh_from_db()
        return self._fixed(request)

    def _answered(
        self, answer: str, kind: RequestKind = RequestKind.RECORDS, custodian: str = "city"
    ) -> RecordsRequest:
        request = self._filed(kind, custodian)
        words, claimed = _city_answer(), self._claimed(kind)
        match answer:
            case "granted":
                city_determinations.grant(request, answer=words, **self._now)
            case "denied":
                city_determinations.deny(request, answer=words, exemptions=claimed, **self._now)
            case "granted_in_part":
                city_determinations.grant_in_part(
                    request, answer=words, exemptions=claimed, **self._now
                )
            case "no_records":
                city_determinations.find_no_records(request, answer=words, **self._now)
            case "referred":
                city_determinations.refer(
                    request, answer=words, to="the Board of Education", **self._now
                )
            case "fee":
                amount = Decimal("180.00")
                city_progress.estimate_fees(request, answer=words, amount=amount, **self._now)
            case "fee_waiver":
                amount = Decimal("180.00")
                city_progress.estimate_fees(request, answer=words, amount=amount, **self._now)
                city_progress.deny_fee_waiver(request, answer=words, **self._now)
            case "extension":
                city_progress.extend(request, answer=words, until=EXTENDED_TO, **self._now)
        request.refresh_from_db()
        return self._fixed(request)

    def _claimed(self, kind: RequestKind) -> list[str]:
        if kind != RequestKind.RECORDS:
            return []
        return [exemption.citation for exemption in self.city.statute.exemptions[:CLAIMED]]

    def _due(self, request: RecordsRequest) -> date:
        """The day the answer is due; where no clock runs, any day."""
        rows = request.deadlines.filter(clock="response", due_on__isnull=False)
        due: date = rows.values_list("due_on", flat=True).first() or WRITTEN
        return due

    def _leave(self, pk: int, at: datetime) -> None:
        claimed = outbox.claim(pk, at=at)
        assert claimed is not None
        outbox.mark_sent(claimed, at=at, answer="250 OK")

    def _fixed(self, request: RecordsRequest) -> RecordsRequest:
        request.reference = f"{self.city.code}-2026-0012"
        return request

    @property
    def _at(self) -> datetime:
        return datetime.combine(WRITTEN, time(17), tzinfo=UTC)

    @property
    def _now(self) -> dict[str, Any]:
        return {"by": Attribution(self.by, self._at)}


def _city_answer(text: str = "") -> CityAnswer:
    return CityAnswer(on=ANSWERED, text=text)
