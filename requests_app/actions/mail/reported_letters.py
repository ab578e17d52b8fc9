"""The letter of ours that a report is of, as the desk's rows know it; see `returned_letters`."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from requests_app.mail import Kind
from requests_app.models import Delivery, EarlierSending, InboundMail, RecordsRequest
from requests_app.returned_letters import ReportedLetter, TiedBy


@dataclass(frozen=True, slots=True)
class Reported:
    """The sending, by what it is known, and whether the report may move it by itself."""

    delivery: Delivery
    tied_by: TiedBy
    is_earlier: bool  # of a message that went under another name, before it was sent again
    is_proven: bool


def named_by(mail: InboundMail) -> ReportedLetter:
    return ReportedLetter.of(mail.report, (mail.envelope_to, *mail.recipients))


def reported_in(mail: InboundMail, request: RecordsRequest) -> Reported | None:
    """The letter of the request that the mail reports on, by the strongest of what names it."""
    if not mail.report or mail.kind not in {Kind.BOUNCE, Kind.DELIVERY_REPORT}:
        return None
    found = sorted(
        _tied(named_by(mail), request), key=lambda one: (one.tied_by, not one.is_earlier)
    )
    return found[-1] if found else None


def _tied(named: ReportedLetter, request: RecordsRequest) -> Iterator[Reported]:
    by_name = Q(return_token__in=named.tokens) | Q(message_id__in=named.message_ids)
    ours = Delivery.objects.filter(by_name, records_request=request)
    for delivery in ours.select_related("records_request", "appeal"):
        if tied := named.tied_to(delivery):
            is_proven = named.proves(tied, (delivery.to, *delivery.copies))
            yield Reported(delivery, tied, False, is_proven)
    earlier = EarlierSending.objects.filter(by_name, delivery__records_request=request)
    for sending in earlier.select_related("delivery__records_request", "delivery__appeal"):
        if tied := named.tied_to(sending):
            yield Reported(sending.delivery, tied, True, False)
