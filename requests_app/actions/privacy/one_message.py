"""All rows in which the desk has one message of the city's, or one file: what is erased as one.

The same message may have come twice, have been filed, taken out and filed elsewhere, and been typed
again into the form of the act that it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from requests_app.models import (
    Attachment,
    Communication,
    Event,
    EventKind,
    Exhibit,
    Filing,
    InboundMail,
    MailFile,
    RecordsRequest,
    SecurityEvent,
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Locked, each kind in the order of its keys. `documents` are filings with their exhibits that
    have pages of it; `opened` the exhibits themselves."""

    requests: list[RecordsRequest]
    mails: list[InboundMail]
    mail_files: list[MailFile]
    communications: list[Communication]
    files: list[Attachment]
    events: list[Event]
    security: list[SecurityEvent]
    opened: list[Exhibit]
    documents: list[Attachment]


def rows_of_message(communication: Communication) -> Rows:
    """Of a message, call, letter or answer, however often the desk has it."""
    mails = _same_mails(communication.mail)
    filed = Communication.objects.filter(Q(pk=communication.pk) | Q(mail__in=mails))
    requests = _locked_requests(filed.values("records_request"))
    typed = Event.objects.filter(records_request__in=requests, data__mail__in=_keys(filed))
    told = Q(pk__in=_keys(filed)) | Q(event__in=typed) | Q(event__in_place_of__in=typed)
    communications = list(
        Communication.objects.select_for_update(no_key=True, of=("self",))
        .filter(told)
        .select_related("records_request", "event", "mail")
        .order_by("pk")
    )
    mail_files = MailFile.objects.select_for_update(no_key=True).filter(mail__in=mails)
    files = _locked_files(Q(communication__in=communications))
    return _with_what_follows(requests, mails, list(mail_files), communications, files)


def rows_of_file(file: Attachment) -> Rows:
    """Of one file. The message that brought it holds it too, byte for byte; its words stay."""
    message = file.communication
    mails = _same_mails(message.mail if message else None)
    same = Q(pk=file.pk) | Q(communication__mail__in=mails, sha256=file.sha256)
    requests = _locked_requests(Attachment.objects.filter(same).values("records_request"))
    mail_files = MailFile.objects.select_for_update(no_key=True).filter(
        mail__in=mails, sha256=file.sha256
    )
    return _with_what_follows(requests, mails, list(mail_files), [], _locked_files(same))


def _same_mails(mail: InboundMail | None) -> list[InboundMail]:
    if mail is None:
        return []
    first = mail.duplicate_of_id or mail.pk
    same = InboundMail.objects.filter(Q(pk=first) | Q(duplicate_of=first))
    return list(same.select_for_update(no_key=True).order_by("pk"))


def _locked_requests(keys: QuerySet[Any]) -> list[RecordsRequest]:
    """After the mail, and before all that stands in them: as whoever files or takes out."""
    rows = RecordsRequest.objects.select_for_update(no_key=True).filter(pk__in=keys)
    return list(rows.order_by("pk"))


def _keys(rows: Iterable[Communication]) -> list[int]:
    return [row.pk for row in rows]


def _locked_files(which: Q) -> list[Attachment]:
    rows = Attachment.objects.select_for_update(no_key=True, of=("self",)).filter(which)
    return list(rows.select_related("records_request", "communication__event").order_by("pk"))


def _with_what_follows(
    requests: list[RecordsRequest],
    mails: list[InboundMail],
    mail_files: list[MailFile],
    communications: list[Communication],
    files: list[Attachment],
) -> Rows:
    hashes = {file.sha256 for file in files}
    hashes |= {file.sha256 for file in mail_files} | {mail.sha256 for mail in mails}
    # Copies that went out with a filing of ours.
    files += _locked_files(
        Q(records_request__in=requests, communication=None, sha256__in=hashes)
        & ~Q(pk__in=[file.pk for file in files])
    )
    opened = Exhibit.objects.filter(Q(communication__in=communications) | Q(attachment__in=files))
    if mails:
        opened |= Exhibit.objects.filter(communication__mail__in=mails)
    exhibits = list(opened.select_related("appeal").order_by("pk"))
    return Rows(
        requests=requests,
        mails=mails,
        mail_files=mail_files,
        communications=communications,
        files=files,
        events=_entries(communications, mails),
        security=_openings(files, mail_files),
        opened=exhibits,
        documents=_documents(exhibits, hashes, requests),
    )


def _entries(communications: list[Communication], mails: list[InboundMail]) -> list[Event]:
    """What says the words: the messages' own entries, on whichever day they were put, those
    recorded from them, and that a mail was taken out."""
    own = [row.event_id for row in communications]
    found = Q(pk__in=own) | Q(in_place_of__in=own) | Q(data__mail__in=_keys(communications))
    for mail in mails:
        named = {"data__from": mail.sender, "data__subject": mail.subject[:300]}
        found |= Q(kind=EventKind.MAIL_TAKEN_OUT, **named)
    of = {row.records_request_id for row in communications}
    return list(Event.objects.filter(found, records_request__in=of).order_by("pk"))


def _openings(files: list[Attachment], mail_files: list[MailFile]) -> list[SecurityEvent]:
    """Entries of the security log that name a file."""
    if not files and not mail_files:
        return []
    named = Q(facts__attachment__in=[file.pk for file in files]) | Q(
        facts__mail_file__in=[file.pk for file in mail_files]
    )
    return list(SecurityEvent.objects.filter(named).order_by("pk"))


def _documents(
    exhibits: list[Exhibit], hashes: set[str], requests: list[RecordsRequest]
) -> list[Attachment]:
    """Filings made of any of it: of that exhibit, or with a file of those bytes in them."""
    appeals = {exhibit.appeal_id for exhibit in exhibits}
    filings = Filing.objects.filter(letter__records_request__in=requests).select_related(
        "document", "letter"
    )
    return [
        filing.document
        for filing in filings.defer("letter__pdf", "letter__text").order_by("pk")
        if filing.letter.appeal_id in appeals or any(one in str(filing.manifest) for one in hashes)
    ]
