"""Mail that came, filed to a request; taken out again; set aside. What it means, a person says.

A machine files mail and a person confirms what it means: filing leaves one event that starts no
clock, meets none and hides no lateness. Rows are locked in this order: mail, request, deliveries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from requests_app import ledger
from requests_app.actions.errors import Refused
from requests_app.actions.mail import attached_letters
from requests_app.actions.mail.kept_suggestions import suggestions_for
from requests_app.actions.mail.reported_letters import reported_in
from requests_app.actions.transitions import lock, record
from requests_app.delivery import outbox
from requests_app.ledger.attribution import Attribution, Recorder
from requests_app.ledger.occasion import Occasion
from requests_app.mail import Kind
from requests_app.models import (
    Attachment,
    Channel,
    Communication,
    Delivery,
    Event,
    EventKind,
    InboundMail,
    MailFile,
    RecordsRequest,
    Stage,
)
from requests_app.reminders.planning import message_notices

K = EventKind
MAY_ANSWER = {kind.value for kind in Kind if kind.may_answer}
ARRIVED = {"delivered", "relayed", "expanded", "displayed"}


@dataclass(frozen=True, slots=True)
class Filing:
    """Who files a message (nobody: the desk itself), when, and why there."""

    by: Recorder
    reason: str


@transaction.atomic
def file_communication(
    mail: InboundMail,
    records_request: RecordsRequest,
    *,
    by: Attribution,
    reason: str = "",
) -> Communication:
    """Put a message into a request's ledger with its files; `by` is nobody when the desk does it.

    Raises Refused for what is filed already, is another's copy, or was not read yet.
    """
    mail = lock_mail(mail)
    check_it_can_be_filed(mail)
    request = lock(records_request)
    check_newsroom(mail, request)
    filed = file_locked(mail, request, list(mail.files.all()), Filing(by, reason))
    mail.save(update_fields=["newsroom", "match_reason", "is_waiting"])
    return filed


def file_locked(
    mail: InboundMail,
    request: RecordsRequest,
    files: Iterable[MailFile],
    filing: Filing,
    *,
    event: Event | None = None,
) -> Communication:
    """The filing itself, of locked rows that may be filed so; the caller saves the mail's row.

    `event` is the one that the message left already, as a letter that came back does.
    """
    event = event or _event(mail, request, filing)
    communication = Communication.objects.create(
        records_request=request,
        event=event,
        direction=Communication.Direction.IN,
        channel=Channel.EMAIL,
        on=event.on,
        text=mail.said or mail.text,
        mail=mail,
        is_to_be_read=event.kind == K.MAIL_RECEIVED,
        suggestions=suggestions_for(mail, request, on=event.on),
        filed_at=filing.by.at,
        filed_by=filing.by.user,
    )
    _attach(communication, files, filing)
    if files:
        attached_letters.suggest_for(communication)
    ledger.write_headlines([request])
    if communication.is_to_be_read:
        message_notices.promise(communication, by=filing.by)
    mail.newsroom_id, mail.match_reason = request.newsroom_id, filing.reason
    mail.is_waiting = False
    return communication


@transaction.atomic
def take_out(
    communication: Communication,
    *,
    by: Attribution,
) -> InboundMail:
    """Undo a filing: the row and the ledger say so, and the mail is in the Inbox again."""
    if communication.mail is None:
        raise Refused("Only mail can be taken out: this was entered by a person.")
    mail = lock_mail(communication.mail)
    request = lock(communication.records_request)
    communication.refresh_from_db()
    if communication.taken_out_at is not None:
        raise Refused("This mail was taken out already. Nothing was changed.")
    stands = request.events.effective().filter(pk=communication.event_id)
    is_report = communication.event.kind in {K.BOUNCED, K.COPY_CAME_BACK, K.DELIVERED}
    if is_report and stands.exists():
        raise Refused(
            "This report is of a letter of this very request, and its sending says so now: it "
            "cannot be taken out. If the report is wrong, strike its entry in the ledger first."
        )
    communication.taken_out_at, communication.taken_out_by = by.at, by.user
    communication.save(update_fields=["taken_out_at", "taken_out_by"])
    record(request, K.MAIL_TAKEN_OUT, Occasion(by, data=_who_and_what(mail)))
    ledger.write_headlines([request])
    mail.is_waiting = True
    mail.match_reason = f"It was filed to {request.reference} and taken out again."
    mail.save(update_fields=["is_waiting", "match_reason"])
    return mail


@transaction.atomic
def set_aside(
    mail: InboundMail,
    *,
    by: Attribution,
) -> InboundMail:
    """Junk, or nothing for the desk: out of sight and kept."""
    mail = lock_mail(mail)
    if not mail.is_waiting:
        raise Refused("This mail is not in the Inbox any more. Nothing was changed.")
    mail.is_waiting, mail.set_aside_at, mail.set_aside_by = False, by.at, by.user
    mail.save(update_fields=["is_waiting", "set_aside_at", "set_aside_by"])
    return mail


@transaction.atomic
def bring_back(mail: InboundMail) -> InboundMail:
    """Into the Inbox again."""
    mail = lock_mail(mail)
    if mail.set_aside_at is None:
        raise Refused("This mail was not set aside. Nothing was changed.")
    mail.is_waiting, mail.set_aside_at, mail.set_aside_by = True, None, None
    mail.save(update_fields=["is_waiting", "set_aside_at", "set_aside_by"])
    return mail


def lock_mail(mail: InboundMail) -> InboundMail:
    """Read the row again and hold it until the transaction ends."""
    mail.refresh_from_db(from_queryset=InboundMail.objects.select_for_update(no_key=True))
    return mail


def check_it_can_be_filed(mail: InboundMail) -> None:
    if mail.stage == Stage.STORED:
        raise Refused("This mail has not been read yet: try again in a minute.")
    if mail.duplicate_of_id:
        raise Refused("This is a second copy of a message: file the first one.")
    if mail.set_aside_at is not None:
        raise Refused("This mail was set aside: bring it back first.")
    if standing := mail.standing_communication():
        where = standing.records_request.reference
        raise Refused(f"This mail is filed to {where} already: take it out there first.")


def check_newsroom(mail: InboundMail, request: RecordsRequest) -> None:
    if mail.newsroom_id not in {None, request.newsroom_id}:
        raise Refused("That request is another newsroom's. Nothing was changed.")


def answer_in(mail: InboundMail) -> str:
    """What a report says that the recipient's server answered."""
    report: Mapping[str, Any] = mail.report or {}
    words = [report.get(key) for key in ("diagnostic", "status", "action")]
    answer = next((str(word) for word in words if word), "no reason given")
    return f"{report['recipient']}: {answer}" if report.get("recipient") else answer


def _event(mail: InboundMail, request: RecordsRequest, filing: Filing) -> Event:
    """The one event of a filing: a report's is of the delivery it reports on, if it moves it."""
    event = _reported(mail, request, by=filing.by)
    if event is not None:
        return event
    kind = K.MAIL_RECEIVED if mail.kind in MAY_ANSWER or not mail.kind else K.AUTO_REPLY_RECEIVED
    on = request.city.local_date(mail.arrived_at)
    data = {**_who_and_what(mail), "kind": mail.kind, "reason": filing.reason}
    return record(request, kind, Occasion(filing.by, on, data))


def _copies_that_came_back(report: Mapping[str, Any], delivery: Delivery) -> list[str]:
    """Where the letter itself arrived, for all that a report says: whose copies did not."""
    failed = {str(one).lower() for one in report.get("failed") or [report.get("recipient", "")]}
    copies = {str(copy).lower(): str(copy) for copy in delivery.copies}
    if delivery.to.lower() in failed or not failed <= copies.keys():
        return []
    return sorted(copies[one] for one in failed)


def _reported(mail: InboundMail, request: RecordsRequest, *, by: Recorder) -> Event | None:
    """What a bounce or delivery report says became of the delivery it names."""
    reported = reported_in(mail, request)
    if reported is None or not reported.is_proven or mail.report is None:
        return None
    delivery = reported.delivery
    answer, action = answer_in(mail), mail.report["action"]
    if mail.kind == Kind.BOUNCE and action != "delayed":
        if copies := _copies_that_came_back(mail.report, delivery):
            return outbox.note_copies_back(delivery, copies, by=by, answer=answer)
        return outbox.mark_bounced(delivery, by=by, answer=answer)
    if mail.kind != Kind.BOUNCE and action in ARRIVED:
        return outbox.mark_delivered(delivery, at=by.at, answer=answer)
    outbox.note_report(delivery, answer=answer)
    return None


def _who_and_what(mail: InboundMail) -> dict[str, str]:
    return {"from": mail.sender, "subject": mail.subject[:300], "channel": Channel.EMAIL}


def _attach(communication: Communication, files: Iterable[MailFile], filing: Filing) -> None:
    """The message's files, where they lie already; what is kept apart stays with the mail."""
    attachments = [
        Attachment(
            records_request=communication.records_request,
            communication=communication,
            file=file.file.name,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
            added_at=filing.by.at,
            added_by=filing.by.user,
        )
        for file in files
        if not file.quarantined and not file.is_inline
    ]
    if attachments:
        Attachment.objects.bulk_create(attachments)
