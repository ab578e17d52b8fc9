"""File a request: the one moment from which it is the city's turn."""

from django.db import transaction

from cities.schema.city import RequestKind
from requests_app.actions.catalog import citing
from requests_app.actions.drafts import versions
from requests_app.actions.sending import deliveries
from requests_app.actions.transitions import change, lock, record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.letters import PlannedLetter, Sending, copies
from requests_app.models import (
    Channel,
    Delivery,
    EventKind,
    Letter,
    LetterKind,
    RecordsRequest,
)
from requests_app.office_contacts import office_asked
from requests_app.vocabulary.copy_ways import CopyWay

LETTER_OF = {
    RequestKind.RECORDS: LetterKind.RECORDS_REQUEST,
    RequestKind.DATASET: LetterKind.DATASET_REQUEST,
    RequestKind.CORRECTION: LetterKind.CORRECTION_REQUEST,
    RequestKind.ACCESS: LetterKind.ACCESS_REQUEST,
}


@transaction.atomic
def submit(
    records_request: RecordsRequest,
    *,
    by: Attribution,
    sending: Sending,
    version: int | None = None,
) -> Delivery:
    """Issue the letter and promise its sending. By hand, the day of handing over may be given now.
    An address that the person found themselves is kept for the newsroom with its source.
    `version` is that of the draft they had before them: Refused where another stands by now.

    The clock does not start here but when the letter is sent: see `requests_app.deadlines`.
    """
    request = lock(records_request)
    on = deliveries.day_of_act(request, sending, at=by.at)
    versions.check_current(request, version)
    change(request, "submit", on=on)
    deliveries.keep_found_address(request, sending, by=by)
    citing.see_again(request, at=by.at)
    kind = LETTER_OF[RequestKind(request.kind)]
    leaves_at = deliveries.leaving(request, sending, at=by.at)
    letter = PlannedLetter(request, kind, sending, on, by.user, leaves_at=leaves_at)
    delivery = deliveries.issue_and_promise(letter, request.letter_text, by=by)
    data = {
        "channel": sending.channel,
        "to": sending.to,
        "office": office_asked(request).name,
        **deliveries.copies_recorded(delivery.letter),
        **_whose_receipt_counts(request, kind, delivery.letter),
    }
    record(request, EventKind.SUBMITTED, Occasion(by, on, data, delivery=delivery))
    deliveries.hand_over_now(delivery, sending, by=by)
    return delivery


def _whose_receipt_counts(
    request: RecordsRequest, kind: LetterKind, letter: Letter
) -> dict[str, str]:
    """Where the city's time runs from an office's receipt that the letter is not for: the address
    at which that office has its copy with the same mail. Empty: its receipt has to be recorded."""
    about = copies.AboutLetter(request, kind, Channel.EMAIL)
    counting = [one.rule.slug for one in copies.offered_for(about) if one.rule.starts_clock]
    if not counting:
        return {}
    with_the_mail = [
        copy.to
        for copy in copies.on_issued(letter)
        if copy.rule in counting and copy.way is CopyWay.WITH_THE_MAIL
    ]
    return {"counts_from_copy_at": with_the_mail[0] if with_the_mail else ""}
