"""A letter that came back, as a person says: of a report that proves none, or without any report.

A report that is not proven to be of a letter of ours, by `returned_letters`, moves nothing: servers
change what a letter is called, and anybody can write a report. It waits in the Inbox with the
letters of its request that it may be about; until somebody says which one came back, they stand as
sent.
"""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.actions.mail import file_mail
from requests_app.actions.mail.file_mail import Filing, answer_in, lock_mail
from requests_app.actions.mail.reported_letters import named_by, reported_in
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
from requests_app.returned_letters import ReportedLetter
from requests_app.vocabulary.states import MAY_HAVE_LEFT

ASKS = "A report says that a letter came back; which one is not certain."
ASKS_OF_EARLIER = (
    "A report says that an earlier try of a letter came back, which was sent again since."
)
ASKS_WHERE_IT_STANDS = "A report says that a letter came back which does not stand as sent."
ASKS_OF_NOBODY = "A report names a letter of ours, and not whom it did not reach."
ASKS_OF_ANOTHER = "A report names a letter of ours, but {} did not get it, to whom it was not sent."
SAID_SO = "A person said that this letter came back."
SAID_SO_WITHOUT_REPORT = "as a person says, without a report"
# A letter that reached its mailbox, by another report, did hardly come back.
MAY_COME_BACK = (DeliveryState.SENT, DeliveryState.IN_DOUBT)


def question(mail: InboundMail, records_request: RecordsRequest) -> str:
    """What a person is asked of a bounce that moves no letter by itself; "" of any other mail.

    One that came back already by another report is no question: this is the same news.
    """
    if mail.kind != Kind.BOUNCE:
        return ""
    reported = reported_in(mail, records_request)
    if reported is None:
        return ASKS
    if reported.is_earlier:
        return ASKS_OF_EARLIER
    if not reported.is_proven:
        failed = ", ".join(sorted(named_by(mail).failed))
        return ASKS_OF_ANOTHER.format(failed) if failed else ASKS_OF_NOBODY
    stands = reported.delivery.state
    is_known = stands == DeliveryState.BOUNCED or stands in MAY_HAVE_LEFT
    return "" if is_known else ASKS_WHERE_IT_STANDS


def likely_letters(mails: Iterable[InboundMail]) -> dict[int, list[Delivery]]:
    """By mail: the letters of its candidates that may have come back, the likeliest first.

    First the one that the report names, then those to the address that it names, then the latest.
    One query for all mails.
    """
    asked = {mail.pk: mail for mail in mails}
    of = {pk: _candidates(mail) for pk, mail in asked.items()}
    wanted = {request for requests in of.values() for request in requests}
    sent = list(_may_come_back(wanted)) if wanted else []
    return {
        pk: sorted(
            (delivery for delivery in sent if delivery.records_request_id in requests),
            key=partial(_likeness, named_by(asked[pk])),
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


@transaction.atomic
def record_without_report(delivery: Delivery, *, by: Attribution, words: str = "") -> None:
    """A person knows that an e-mail came back of which the desk has no report, as from a call."""
    lock(delivery.records_request)
    delivery.refresh_from_db()
    if delivery.channel != Channel.EMAIL:
        raise Refused("Only what went by e-mail comes back to the desk. Nothing was changed.")
    event = None
    with refuse_on_clock_error():
        answer = words.strip() or SAID_SO_WITHOUT_REPORT
        event = outbox.mark_bounced(delivery, answer=answer, by=by)
    if event is None:
        stands = delivery.get_state_display().lower()
        raise Refused(
            f"This sending stands at “{stands}”: it cannot have come back. Nothing was changed."
        )


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


def _likeness(named: ReportedLetter, delivery: Delivery) -> tuple[int, bool]:
    return named.tied_to(delivery) or 0, delivery.to.strip().lower() in named.failed
