"""A message of the city's, or a file, erased for good: its words and bytes go, their hashes stay.

The ledger keeps its entries, their days and what followed from them; an entry says who erased what,
when and why. What of the desk's own writing quotes it, its writer changes: see docs/privacy.md.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from requests_app import ledger
from requests_app.actions.errors import Refused
from requests_app.actions.privacy import copies_made
from requests_app.actions.privacy.one_message import Rows, rows_of_file, rows_of_message
from requests_app.actions.transitions import record
from requests_app.ledger import erasing
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.ledger.security import security_log
from requests_app.models import (
    Attachment,
    Communication,
    ErasedContent,
    Event,
    EventKind,
    InboundMail,
    MailFile,
    RecordsRequest,
)
from requests_app.permissions import may
from requests_app.search.installing import forget_what_is_gone
from requests_app.storage.erased_files import forget_readings, remove_erased
from requests_app.vocabulary.channels import how
from requests_app.vocabulary.dates_and_amounts import short_day
from requests_app.vocabulary.erasure_grounds import ErasureGround
from requests_app.vocabulary.security_kinds import SecurityKind

UNCHANGED = "Nothing was changed."
# What was read of a message's bytes, and is no part of the proof.
READ_OF_MAIL: dict[str, Any] = {
    "from_name": "", "from_address": "", "recipients": [], "html": "", "kind_reason": "",
    "report": None, "faults": [], "match_reason": "", "candidates": [], "sender_proofs": [],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Why:
    """The ground, and in words which order, law or letter it rests on."""

    ground: ErasureGround
    reason: str


@transaction.atomic
def erase_message(communication: Communication, why: Why, *, by: Attribution) -> Event:
    """With its files, however often the desk has it; the entry on its request that says so."""
    _check(why, by)
    request, rows = communication.records_request, rows_of_message(communication)
    if _is_erased("communication", communication.pk):
        raise Refused(f"This was erased already. {UNCHANGED}")
    what = f"{_named(communication)}{_and_files(rows.files)}"
    return _erase(rows, request, what, why, by=by, communication=communication.pk)


@transaction.atomic
def erase_file(file: Attachment, why: Why, *, by: Attribution) -> Event:
    """One file, and the bytes of the message that brought it; what the message says stays."""
    _check(why, by)
    request, rows = file.records_request, rows_of_file(file)
    if _is_erased("file", file.pk):
        raise Refused(f"This file was erased already. {UNCHANGED}")
    added_on = short_day(request.city.local_date(file.added_at))
    what = f"a file ({file.content_type}, added on {added_on})"
    return _erase(rows, request, what, why, by=by, file=file.pk)


def _check(why: Why, by: Attribution) -> None:
    if not may(by.user, "erase_content"):
        raise Refused(f"Only an admin of the newsroom erases for good. {UNCHANGED}")
    if not why.reason.strip():
        raise Refused(f"Say which order, law or letter asks for it. {UNCHANGED}")


def _is_erased(table: str, row: int) -> bool:
    return ErasedContent.objects.filter(table=table, row=row).exists()


def _named(communication: Communication) -> str:
    came = f"what came {how(communication.channel)}".strip()
    return f"{came} on {short_day(communication.on)}"


def _and_files(files: list[Attachment]) -> str:
    if not files:
        return ""
    return f" and {len(files)} {'file' if len(files) == 1 else 'files'}"


def _erase(
    rows: Rows, request: RecordsRequest, what: str, why: Why, *, by: Attribution, **of: int
) -> Event:
    lines = copies_made.lines(rows)
    removed = [*_stored(rows), *copies_made.stored_copies(rows)]
    said = {"what": f"{what}: {why.ground.words}", "ground": why.ground.value,
            "text": why.reason.strip()}  # fmt: skip
    entries = {
        one.pk: record(
            one, EventKind.CONTENT_ERASED, Occasion(by, data={**said, **of, "removed": removed})
        )
        for one in rows.requests
    }
    notice = erasing.notice_of(entries[request.pk])
    try:
        _erase_rows(rows, entries, request.pk)
    except erasing.ChangedBeforeError as error:
        raise Refused(
            f"The database’s own row is not what was entered ({error}): have whoever runs this "
            f"desk call “manage.py verify_ledger” before anything is erased. {UNCHANGED}"
        ) from error
    _erase_readings(rows, notice, by)
    forget_readings(removed)
    copies_made.let_go(rows, said=lines, at=by.at)
    forget_what_is_gone()
    ledger.write_headlines(rows.requests)
    security_log.record(
        SecurityKind.CONTENT_ERASED, by=by.user, newsroom=request.newsroom, at=by.at,
        reference=request.reference, what=said["what"],
    )  # fmt: skip
    transaction.on_commit(lambda: remove_erased(removed), robust=True)
    return entries[request.pk]


def _stored(rows: Rows) -> list[str]:
    names = {str(file.file) for file in (*rows.files, *rows.documents)}
    names |= {str(file.file) for file in rows.mail_files} | {str(mail.raw) for mail in rows.mails}
    return sorted(names)


def _erase_rows(rows: Rows, entries: dict[int, Event], main: int) -> None:
    """Each under the entry of its own request; mail is of none."""
    for communication in rows.communications:
        entry = entries[communication.records_request_id]
        erasing.erase_words(communication, event=entry, is_whole=True)
    for event in rows.events:
        erasing.erase_words(event, event=entries[event.records_request_id])
    for file in rows.files:
        erasing.erase_file(file, event=entries[file.records_request_id], sha256=file.sha256)
    for document in rows.documents:  # its name is ours
        entry = entries[document.records_request_id]
        erasing.erase_file(document, event=entry, sha256=document.sha256, name_too=False)
    for mail in rows.mails:
        erasing.erase_file(mail, event=entries[main], sha256=mail.sha256)
    for brought in rows.mail_files:
        erasing.erase_file(brought, event=entries[main], sha256=brought.sha256)
    for opening in rows.security:
        erasing.erase_words(opening, event=entries[main])


def _erase_readings(rows: Rows, notice: str, by: Attribution) -> None:
    """What the desk made of the words and of the files."""
    apart = notice.strip("[]")[:200]
    keys = [row.pk for row in rows.communications]
    Communication.objects.filter(pk__in=keys).update(suggestions=[])
    unread = Communication.objects.filter(pk__in=keys, is_to_be_read=True, read_at=None)
    unread.update(read_at=by.at, read_by=by.user)
    files = [file.pk for file in (*rows.files, *rows.documents)]
    Attachment.objects.filter(pk__in=files).update(quarantined=apart)
    mail_files = [file.pk for file in rows.mail_files]
    MailFile.objects.filter(pk__in=mail_files).update(quarantined=apart, listing=[])
    mails = InboundMail.objects.filter(pk__in=[mail.pk for mail in rows.mails])
    mails.update(erased_at=by.at)
    if rows.communications:
        mails.update(subject=erasing.SHORT_NOTICE, text=notice, said=notice, **READ_OF_MAIL)
