"""Letters in a challenge that is filed, as `vocabulary.letter_kinds` describes them: one verb."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from requests_app.actions.challenges import entered_days, supplements
from requests_app.actions.challenges.entered_days import ChallengeDay
from requests_app.actions.errors import Refused
from requests_app.actions.sending import deliveries
from requests_app.actions.sending.our_letters import OurLetter
from requests_app.actions.transitions import change, lock, record
from requests_app.filings.make_filing import MadeFiling
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.letters import PlannedLetter
from requests_app.models import Appeal, Delivery, LetterKind
from requests_app.vocabulary.challenge_days import DayKind
from requests_app.vocabulary.exhibit_numbers import named
from requests_app.vocabulary.letter_description import ChallengeOffer


def send(appeal: Appeal, *, kind: LetterKind, letter: OurLetter, by: Attribution) -> Delivery:
    """Write a letter of that kind, where its description lets it be written.

    One that withdraws the challenge withdraws it whether or not the letter arrives. One with
    exhibits is put together with them before anything is locked.
    """
    offer = kind.described.in_a_challenge
    if offer is None:
        raise LookupError(f"A {kind.label.lower()} is no letter of a challenge that is filed.")
    made = _put_together(appeal, kind, letter, by=by) if offer.has_exhibits else None
    return _send(appeal, kind, letter, made, by=by)


def _put_together(
    appeal: Appeal, kind: LetterKind, letter: OurLetter, *, by: Attribution
) -> MadeFiling:
    read = Appeal.objects.select_related("records_request__newsroom").get(pk=appeal.pk)
    planned = _planned(read, kind, letter, by=by)
    if not (letter.exhibits and letter.exhibits.papers):
        raise Refused("Choose at least one further exhibit. Nothing was sent.")
    return supplements.put_together(planned, letter.text, letter.exhibits)


def _planned(
    appeal: Appeal, kind: LetterKind, letter: OurLetter, *, by: Attribution
) -> PlannedLetter:
    """Refused where such a letter may not be written there and then, or is empty."""
    request, offer = appeal.records_request, kind.described.in_a_challenge
    assert offer is not None
    check_fits(appeal, offer)
    if not letter.text.strip():
        raise Refused("The letter is empty: write what is to be read. Nothing was changed.")
    sending, (after, what) = letter.sending, _comes_after(appeal)
    on = deliveries.day_of_act(request, sending, at=by.at, after=after, after_what=what)
    return PlannedLetter(
        request,
        kind,
        replace(sending, to=sending.to.strip()),
        on,
        by.user,
        appeal,
        chosen_files=(),
    )


@transaction.atomic
def _send(
    appeal: Appeal,
    kind: LetterKind,
    letter: OurLetter,
    made: MadeFiling | None,
    *,
    by: Attribution,
) -> Delivery:
    request, offer = lock(appeal.records_request), kind.described.in_a_challenge
    lock(appeal)
    assert offer is not None
    planned = _planned(appeal, kind, letter, by=by)
    sending, on, entered = letter.sending, planned.dated_on, dict(letter.entered)
    if made and letter.exhibits:
        planned = supplements.with_its_filing(
            planned, made, letter.exhibits, text=letter.text, by=by
        )
        entered["further_exhibits"] = named(number for number, _ in planned.further_exhibits)
    delivery = deliveries.issue_and_promise(planned, letter.text, by=by, entered=entered)
    if offer.transition:
        change(appeal, offer.transition, on=on)
    facts = {
        "letter": str(kind),
        "route": appeal.route,
        "body": appeal.pack_route.body,
        "channel": sending.channel,
        "to": sending.to,
        "text": _typed_lists(letter),
        **deliveries.copies_recorded(delivery.letter),
        **({"exhibits": _manifest(made)} if made else {}),
    }
    carrier = None if offer.transition else delivery
    record(request, offer.event, Occasion(by, on, facts, appeal=appeal, delivery=carrier))
    _enter_its_day(appeal, letter.entered.get(offer.enters_day), by=by)
    deliveries.hand_over_now(delivery, sending, by=by)
    return delivery


def _enter_its_day(appeal: Appeal, due_on: date | None, *, by: Attribution) -> None:
    """The day that the decision names, as the letter says it: unless it stands already."""
    stands = entered_days.comply_by(appeal)
    if due_on is None or due_on == stands or appeal.decided_on is None:
        return
    day = ChallengeDay(DayKind.COMPLY_BY, due_on, appeal.decided_on)
    entered_days.enter(appeal, day, by=by)


def _manifest(made: MadeFiling) -> list[dict[str, Any]]:
    """Each exhibit as it is frozen with the letter: its number, its title and its pages' hash."""
    return [
        {"number": line["number"], "title": line["title"], "sha256": line["pages_sha256"]}
        for line in made.manifest
    ]


def _typed_lists(letter: OurLetter) -> str:
    """What a person listed for the wording, as the entry quotes it."""
    listed = (value for value in letter.entered.values() if isinstance(value, list))
    return "\n".join(line for lines in listed for line in lines)


def check_fits(appeal: Appeal, offer: ChallengeOffer) -> None:
    """Refused, with the reason, where such a letter makes no sense there and then."""
    if appeal.pack_route.is_court and not offer.to_the_agency:
        raise Refused(
            "A court hears this from counsel alone: record here what counsel filed. Nothing was "
            "changed."
        )
    if not fits(appeal, offer):
        stands = appeal.get_state_display().lower()
        raise Refused(f"{offer.refusal} This appeal is {stands}. Nothing was changed.")


def fits(appeal: Appeal, offer: ChallengeOffer) -> bool:
    happened = set(appeal.events.effective().values_list("kind", flat=True))
    is_court = appeal.pack_route.is_court
    return offer.fits(appeal.state, appeal.outcome, is_court=is_court, happened=happened)


def _comes_after(appeal: Appeal) -> tuple[date | None, str]:
    """The day of what the letter answers, and what it was."""
    if appeal.decided_on:
        return appeal.decided_on, "it was decided"
    return appeal.filed_on, "the appeal was filed"
