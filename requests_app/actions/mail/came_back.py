"""A report that a letter came back, and that names none of ours: a person says which letter it was.

Gateways give a letter another Message-ID, and then nothing proves whose report it is. It waits in
the Inbox with the letters of its request that it may be about; until somebody says which one came
back, they stand as sent.
"""

from collections.abc import Iterable

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.actions.mail import file_mail
from requests_app.actions.mail.file_mail import Filing, answer_in, lock_mail
from requests_app.actions.transitions import lock, refuse_on_clock_error
from requests_app.delivery import outbox
from requests_app.ledger.attribution import Attribution
from requests_app.mail import Kind
from requests_app.models import (
    Channel,
    Communication,
    Delivery,
    DeliveryState,
    InboundMail,
    RecordsRequest,
)
from requests_app.models.letters.delivery import DeliveryQuerySet

ASKS = "A report says that a letter came back; which one is not certain."
SAID_SO = "A person said that this letter came back."
# A letter that reached its mailbox, by another report, did hardly come back.
MAY_COME_BACK = (DeliveryState.SENT, DeliveryState.IN_DOUBT)


def is_uncertain(mail: InboundMail, records_request: RecordsRequest) -> bool:
    """Whether it is a bounce that names no letter of the request, while one may be meant."""
    if mail.kind != Kind.BOUNCE or file_mail.reported_delivery(mail, records_request):
        return False
    return _may_come_back([records_request.pk]).exists()


def likely_letters(mails: Iterable[InboundMail]) -> dict[int, list[Delivery]]:
    """By mail: the letters of its candidates that may have come back, the likeliest first.

    First those to the address that the report names, then the latest. One query for all mails.
    """
    asked = {mail.pk: mail for mail in mails}
    of = {pk: _candidates(mail) for pk, mail in asked.items()}
    wanted = {request for requests in of.values() for request in requests}
    sent = list(_may_come_back(wanted)) if wanted else []
    return {
        pk: sorted(
            (delivery for delivery in sent if delivery.records_request_id in requests),
            key=lambda delivery: _is_to(delivery, asked[pk]),
            reverse=True,
        )
        for pk, requests in of.items()
    }


@transaction.atomic
def record_came_back(
    mail: InboundMail,
    delivery: Delivery,
    *,
    by: Attribution,
) -> Communication:
    """A person says that this letter is the one: it came back, and the report is filed with it."""
    mail = lock_mail(mail)
    file_mail.check_it_can_be_filed(mail)
    if mail.kind != Kind.BOUNCE:
        raise Refused("This mail is no report that a letter came back. Nothing was changed.")
    request = lock(delivery.records_request)
    file_mail.check_newsroom(mail, request)
    delivery.refresh_from_db()
    event = None
    if delivery.state in MAY_COME_BACK:
        with refuse_on_clock_error():
            event = outbox.mark_bounced(delivery, answer=answer_in(mail), by=by)
    if event is None:
        raise Refused("That letter does not stand as sent any more. Nothing was changed.")
    filing = Filing(by, reason=SAID_SO)
    filed = file_mail.file_locked(mail, request, list(mail.files.all()), filing, event=event)
    mail.save(update_fields=["newsroom", "match_reason", "is_waiting"])
    return filed


def _may_come_back(requests: Iterable[int]) -> DeliveryQuerySet:
    letters: DeliveryQuerySet = Delivery.objects.filter(
        records_request__in=list(requests), channel=Channel.EMAIL, state__in=MAY_COME_BACK
    )
    shown = letters.select_related("letter").defer("letter__pdf", "letter__text")
    return shown.order_by("-sent_at", "-pk")


def _candidates(mail: InboundMail) -> set[int]:
    if mail.kind != Kind.BOUNCE or not mail.is_waiting:
        return set()
    return {candidate["request"] for candidate in mail.candidates}


def _is_to(delivery: Delivery, mail: InboundMail) -> bool:
    recipient = (mail.report or {}).get("recipient", "")
    return bool(recipient) and delivery.to.strip().lower() == recipient.lower()
