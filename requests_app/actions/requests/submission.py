"""File a request: the one moment from which it is the city's turn."""

from django.db import transaction

from cities.schema.city import RequestKind
from requests_app.actions.catalog import citing
from requests_app.actions.drafts import versions
from requests_app.actions.errors import Refused
from requests_app.actions.requests import approved_content
from requests_app.actions.requests.approved_content import LETTER_OF
from requests_app.actions.sending import deliveries
from requests_app.actions.transitions import change, lock, record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.letters import PlannedLetter, Sending, copies
from requests_app.models import (
    Channel,
    Delivery,
    Event,
    EventKind,
    Letter,
    LetterKind,
    RecordsRequest,
)
from requests_app.office_contacts import office_asked
from requests_app.permissions import may
from requests_app.vocabulary.copy_ways import CopyWay


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
    approval = approved_content.approval_of(request)
    if approval:
        _check_stands_as_approved(request, approval)
    change(request, "submit", on=on)
    deliveries.keep_found_address(request, sending, by=by)
    citing.see_again(request, at=by.at)
    kind = LETTER_OF[RequestKind(request.kind)]
    leaves_at = deliveries.leaving(request, sending, at=by.at)
    letter = PlannedLetter(request, kind, sending, on, by.user, leaves_at=leaves_at)
    if approval and not may(by.user, "change_approved_letter", request):
        _check_goes_where_approved(letter, approval)
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


def _check_stands_as_approved(request: RecordsRequest, approval: Event) -> None:
    if changed := approved_content.changed_since(approval, request):
        raise Refused(
            f"{changed} Ask an editor to return it to a draft, then send it to review again. "
            "Nothing was changed."
        )


def _check_goes_where_approved(letter: PlannedLetter, approval: Event) -> None:
    """Whoever could have approved it may send it elsewhere; nobody else may."""
    if unseen := approved_content.unseen_recipients(approval, letter):
        raise Refused(
            f"The editor who approved this did not see that it goes to {'; '.join(unseen)}. Ask an "
            "editor or an admin to submit it; or enter the address on the city’s page, and have "
            "the request approved again. Nothing was changed."
        )


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
