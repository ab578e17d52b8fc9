"""From stored bytes to a filed message: read, match, file. All of it in one transaction, or none.

1. The row says `stored`: the bytes are on disk, and somebody was told that they are ours.
2. Reading writes the files it finds under their hashes; dying here leaves nothing but such files.
3. One transaction: what was read, the verdict, the filing with its event. Dying here undoes all.
4. The row says `read`, or `unreadable` after three deaths. Until then the sweep begins again.
"""

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from requests_app import dns_records
from requests_app import mail as reader
from requests_app.actions.errors import Refused
from requests_app.actions.mail import (
    came_back,
    file_mail,
    files_of_mail,
    mail_clues,
    own_mail,
    round_trips,
    sender_checks,
)
from requests_app.actions.mail.file_mail import Filing, lock_mail
from requests_app.ledger.attribution import ByTheDesk
from requests_app.matching import Candidate, Match
from requests_app.models import (
    CameBy,
    InboundMail,
    MailFile,
    Newsroom,
    RawMailRemoval,
    RecordsRequest,
    Stage,
)
from requests_app.storage.content import Kept
from requests_app.storage.erased_files import remove_erased

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 3
MAX_TEXT = 1_000_000  # characters shown and searched; the rest is in the message as it came
MAX_IDS = 100
MAX_ADDRESSED = 20  # ids of eight letters: they fit their column
# What is known of a message when it is stored, and what people do to it later.
NOT_OF_READING = {
    "id", "raw", "sha256", "size", "arrived_at", "came_by", "envelope_to", "attempts",
    "set_aside_at", "set_aside_by",
}  # fmt: skip
OF_READING = [f.name for f in InboundMail._meta.concrete_fields if f.name not in NOT_OF_READING]
# Written out, as every message asks it: to build this query takes Django longer than to run it.
_FIRST_COPY = """
SELECT (SELECT MIN(id) FROM requests_app_inboundmail WHERE stage = 'read'
          AND duplicate_of_id IS NULL AND content_key = %s AND addressed_to = %s)"""
_UNREAD = " FROM requests_app_inboundmail WHERE id = %s AND stage = 'stored'"
# What a power cut takes of this transaction is done again: the row would say `stored`.
_NOT_WAITING_FOR_THE_DISK = ", set_config('synchronous_commit', 'off', true)"
_HELD = _FIRST_COPY + _NOT_WAITING_FOR_THE_DISK + _UNREAD + " FOR UPDATE"


def store(
    kept: Kept, *, came_by: CameBy, at: datetime, envelope_to: str = ""
) -> tuple[InboundMail, bool]:
    """The row for bytes that are on disk, committed; and whether it is new.

    The same bytes to the same recipient are the same row, so a retry stores nothing twice.
    """
    known = {"sha256": kept.sha256, "envelope_to": envelope_to[:320].strip().lower()}
    fields = {"raw": kept.name, "size": kept.size, "came_by": came_by, "arrived_at": at}
    try:
        with _undone_alone():
            return InboundMail.objects.create(**known, **fields), True
    except IntegrityError:
        mail = InboundMail.objects.get(**known)
    if mail.erased_at:  # what was erased by law came once more
        remove_erased([kept.name])
    # What was let go of after its time goes again, with the next purge.
    RawMailRemoval.objects.filter(mail=mail).update(removed_at=None)
    return mail, False


def _undone_alone() -> AbstractContextManager[None]:
    """One statement is a transaction of its own; within another's it needs a savepoint."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def take_in(
    mail: InboundMail, *, at: datetime, lookup: sender_checks.Lookup = dns_records.txt
) -> InboundMail:
    """Read a stored message and file it where it belongs; done once, whoever else tries."""
    if mail.stage != Stage.STORED:
        return mail
    with mail.raw.open("rb") as raw:
        as_it_came = raw.read()
    read = reader.read(as_it_came)
    mail.sender_proofs = sender_checks.check(as_it_came, read, lookup=lookup)
    files = files_of_mail.keep(read)
    try:
        return _take_in(mail, read, files, at=at)
    except IntegrityError:  # its first copy was read at the same moment: now it is there to be seen
        return _take_in(mail, read, files, at=at)


@transaction.atomic
def _take_in(
    mail: InboundMail, read: reader.Mail, files: Sequence[MailFile], *, at: datetime
) -> InboundMail:
    _write_down(mail, read, at=at)
    if not _is_held_unread(mail):
        mail.refresh_from_db()
        return mail
    for file in files:
        file.pk, file.mail = None, mail
    if files:
        MailFile.objects.bulk_create(files)
    if not mail.duplicate_of_id:
        _place(mail, read, files, at=at)
    mail.save(update_fields=OF_READING)
    return mail


def begin_again(mail: InboundMail, *, at: datetime) -> InboundMail:
    """For the sweep: another try of what a dead process left, and after three an honest end."""
    tried = InboundMail.objects.filter(
        pk=mail.pk, stage=Stage.STORED, attempts=mail.attempts
    ).update(attempts=F("attempts") + 1)
    if not tried:
        return mail
    if mail.attempts >= MAX_ATTEMPTS:
        return _give_up(mail, at=at)
    try:
        return take_in(mail, at=at)
    except OSError:  # a full disk is no fault of the message's
        InboundMail.objects.filter(pk=mail.pk).update(attempts=F("attempts") - 1)
        raise


@transaction.atomic
def read_again(mail: InboundMail) -> InboundMail:
    """A person asks for another try of what could not be read, as after a repair of the desk."""
    mail = lock_mail(mail)
    if mail.stage != Stage.UNREADABLE:
        raise Refused("This mail was read. Nothing was changed.")
    mail.stage, mail.attempts, mail.is_waiting, mail.faults = Stage.STORED, 0, False, []
    mail.save(update_fields=["stage", "attempts", "is_waiting", "faults"])
    return mail


@transaction.atomic
def give(mail: InboundMail, newsroom: Newsroom, *, at: datetime) -> InboundMail:
    """An operator says whose it is: then it is matched among that newsroom's requests alone."""
    mail = lock_mail(mail)
    if mail.newsroom_id is not None or not mail.is_waiting:
        raise Refused("This mail has its newsroom already. Nothing was changed.")
    mail.newsroom = newsroom
    _settle(mail, mail_clues.match(mail), list(mail.files.all()), at=at)
    mail.save()
    return mail


def _give_up(mail: InboundMail, *, at: datetime) -> InboundMail:
    with transaction.atomic():
        mail = lock_mail(mail)
        if mail.stage == Stage.STORED:
            mail.stage, mail.read_at, mail.is_waiting = Stage.UNREADABLE, at, True
            mail.newsroom = _sole_newsroom()
            mail.faults = [
                f"The desk stopped {MAX_ATTEMPTS} times while reading it. It is kept byte for byte."
            ]
            mail.save()
    return mail


def _addressed_to(mail: InboundMail, read: reader.Mail) -> str:
    """The ids in the reply addresses it bears: the envelope's says more than the headers'.

    Of a mistyped address, each id that may be meant: only a request's own counts in the end.
    """
    local, _, domain = mail.envelope_to.rpartition("@")
    ids: Sequence[str] = ()
    if domain == settings.MAIL_DOMAIN.lower():
        ids = reader.possible_ids(local)
    ids = ids or reader.addressed_ids(read, settings.MAIL_DOMAIN)
    return ",".join(sorted(ids[:MAX_ADDRESSED]))


def _write_down(mail: InboundMail, read: reader.Mail, *, at: datetime) -> None:
    """What was read, into the row; the caller saves it."""
    mail.from_name, mail.from_address = read.from_name[:320], read.from_address[:320]
    mail.recipients = [str(recipient) for recipient in read.recipients][:MAX_IDS]
    mail.subject, mail.message_id = read.subject, read.message_id[:400]
    mail.refers_to, mail.sent_at = _refers_to(read), read.sent_at
    mail.text, mail.html = read.text[:MAX_TEXT], read.html[:MAX_TEXT]
    mail.said = read.text_without_quotes[:MAX_TEXT]
    ours = own_mail.why_ours(read)
    mail.kind = reader.Kind.OURS.value if ours else read.kind.value
    mail.kind_reason = ours or read.kind_reason
    if ours and mail.message_id:  # the letter that it is says where it belongs
        mail.refers_to = [mail.message_id, *mail.refers_to][:MAX_IDS]
    mail.is_receipt, mail.portal = read.is_receipt, read.portal[:60]
    mail.report = report_as_kept(read.report)
    mail.faults = [*read.faults, *files_of_mail.faults(read)]
    # Without a date and an id nothing tells a second message in the same words from a copy.
    is_known = read.message_id or read.sent_at
    mail.content_key = read.content_key if is_known else mail.sha256
    mail.addressed_to = _addressed_to(mail, read)
    mail.stage, mail.read_at = Stage.READ, at


def _is_held_unread(mail: InboundMail) -> bool:
    """Hold the row, if nobody has read it yet, and see whose copy it is: in one query."""
    query = _HELD if connection.vendor == "postgresql" else _FIRST_COPY + _UNREAD
    with connection.cursor() as cursor:
        cursor.execute(query, [mail.content_key, mail.addressed_to, mail.pk])
        found = cursor.fetchone()
    mail.duplicate_of_id = found[0] if found else None
    return found is not None


def _refers_to(read: reader.Mail) -> list[str]:
    """The Message-IDs it answers, nearest first: a report's original, then the thread backward."""
    original = read.report.original_message_id if read.report else ""
    ids = [original, *read.in_reply_to, *reversed(read.references)]
    return [i[:400] for i in dict.fromkeys(ids) if i][:MAX_IDS]


def report_as_kept(report: reader.Report | None) -> dict[str, Any] | None:
    """What `InboundMail.report` keeps of it."""
    if report is None:
        return None
    return {
        "original_message_id": report.original_message_id,
        "recipient": report.recipient,
        "action": report.action,
        "status": report.status,
        "diagnostic": report.diagnostic,
        "failed": [one.recipient for one in report.outcomes if one.action == "failed"],
        "finally": [one.final_recipient for one in report.outcomes if one.action == "failed"],
        "ids": list(report.named_ids),
        "addresses": list(report.named_addresses),
        "is_standard": report.is_standard,
    }


def _place(
    mail: InboundMail, read: reader.Mail, files: Sequence[MailFile], *, at: datetime
) -> None:
    """Where it belongs. A reply address decides the newsroom; else a match; else its recipients."""
    if round_trips.note_arrival(mail, mail.recipients, at=at):
        return
    verdict = mail_clues.by_address(mail)
    if verdict is None:
        by_recipient = _newsroom_of(read)
        verdict = mail_clues.match(mail, in_newsroom=by_recipient.pk if by_recipient else None)
        mail.newsroom = by_recipient
    if verdict.request is None and mail.newsroom is None:
        mail.newsroom_id = verdict.newsroom
        mail.newsroom = mail.newsroom or _sole_newsroom()
    _settle(mail, verdict, files, at=at)


def _settle(mail: InboundMail, verdict: Match, files: Sequence[MailFile], *, at: datetime) -> None:
    """File it, or let it wait with its candidates; the caller saves the row."""
    if verdict.request is None and own_mail.is_notice(mail):
        mail.match_reason = mail.kind_reason
        return
    if verdict.request is None:
        candidates = [c for c in verdict.candidates if mail.newsroom_id in {None, c.newsroom}]
        _wait(mail, verdict.reason, candidates)
        return
    locked = RecordsRequest.objects.select_for_update(no_key=True).defer(
        "letter_text", "particulars"
    )
    request = locked.get(pk=verdict.request)
    if question := came_back.question(mail, request):
        mail.newsroom_id = verdict.newsroom
        meant = Candidate(request.pk, request.newsroom_id, (verdict.reason,))
        _wait(mail, f"{verdict.reason} {question}", [meant])
        return
    filing = Filing(ByTheDesk(at), verdict.reason)
    # Only a report moves what the law's clocks may refuse: nothing else is ever to be undone.
    try:
        with transaction.atomic() if mail.report else nullcontext():
            file_mail.file_locked(mail, request, files, filing)
    except Refused as refusal:
        mail.newsroom_id = verdict.newsroom
        _wait(mail, f"{verdict.reason} It could not be filed there: {refusal}", [])


def _wait(mail: InboundMail, reason: str, candidates: Sequence[Candidate]) -> None:
    """In the Inbox, with the requests that a person may choose among."""
    mail.match_reason, mail.is_waiting = reason, True
    mail.candidates = [
        {"request": candidate.request, "why": list(candidate.why)} for candidate in candidates
    ]


def _newsroom_of(read: reader.Mail) -> Newsroom | None:
    """The newsroom to whose own address it was sent, if one is known by that."""
    addresses = {recipient.address for recipient in read.recipients}
    rooms = Newsroom.objects.exclude(email="").only("pk", "email")
    found = [room for room in rooms if room.email.lower() in addresses]
    return found[0] if len(found) == 1 else None


def _sole_newsroom() -> Newsroom | None:
    """Where the desk has one newsroom, mail that names nobody is its."""
    rooms = list(Newsroom.objects.only("pk")[:2])
    return rooms[0] if len(rooms) == 1 else None
