"""Letters in a challenge that is filed, as `vocabulary.letter_kinds` describes them: one verb."""

from datetime import date
from typing import Any

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.actions.requests import attachments
from requests_app.actions.sending import deliveries
from requests_app.actions.sending.our_letters import OurLetter
from requests_app.actions.transitions import change, lock, record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.letters import PlannedLetter
from requests_app.models import Appeal, Attachment, Delivery, LetterKind
from requests_app.vocabulary.letter_description import ChallengeOffer


@transaction.atomic
def send(appeal: Appeal, *, kind: LetterKind, letter: OurLetter, by: Attribution) -> Delivery:
    """Write a letter of that kind, where its description lets it be written.

    One that withdraws the challenge withdraws it whether or not the letter arrives.
    """
    request, offer = lock(appeal.records_request), kind.described.in_a_challenge
    lock(appeal)
    if offer is None:
        raise LookupError(f"A {kind.label.lower()} is no letter of a challenge that is filed.")
    check_fits(appeal, offer)
    if not letter.text.strip():
        raise Refused("The letter is empty: write what is to be read. Nothing was changed.")
    sending, (after, what) = letter.sending, _comes_after(appeal)
    on = deliveries.day_of_act(request, sending, at=by.at, after=after, after_what=what)
    files = _exhibits(appeal, offer, letter, by=by)
    planned = PlannedLetter(request, kind, sending, on, by.user, appeal, chosen_files=files)
    delivery = deliveries.issue_and_promise(planned, letter.text, by=by, entered=letter.entered)
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
        **({"exhibits": _manifest(delivery)} if offer.has_exhibits else {}),
    }
    carrier = None if offer.transition else delivery
    record(request, offer.event, Occasion(by, on, facts, appeal=appeal, delivery=carrier))
    deliveries.hand_over_now(delivery, sending, by=by)
    return delivery


def _exhibits(
    appeal: Appeal, offer: ChallengeOffer, letter: OurLetter, *, by: Attribution
) -> tuple[Attachment, ...]:
    """The files that a supplement encloses; none, of any other letter."""
    if not offer.has_exhibits:
        return ()
    request = appeal.records_request
    if not (letter.chosen_files or letter.uploads):
        raise Refused("Choose at least one further exhibit, or add it as a file.")
    for file in letter.chosen_files:
        if file.records_request_id != request.pk:
            raise Refused(f"“{file.name}” is another request’s file. Nothing was changed.")
        if file.quarantined:
            raise Refused(f"“{file.name}” is kept apart: it is not sent. Nothing was changed.")
    return (*letter.chosen_files, *attachments.attach(request, letter.uploads, by=by))


def _manifest(delivery: Delivery) -> list[dict[str, Any]]:
    """Each exhibit as it is frozen with the letter: its number, its title and its hash."""
    enclosed = delivery.letter.enclosures.select_related("attachment").order_by("number")
    return [
        {"number": one.number, "title": one.title, "sha256": one.attachment.sha256}
        for one in enclosed
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
