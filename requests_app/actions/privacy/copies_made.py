"""Copies that the desk made of a message by itself: they go with it."""

from datetime import datetime

from django.db.models import Q, QuerySet

from requests_app.actions.mail.file_mail import answer_in
from requests_app.actions.privacy.one_message import Rows
from requests_app.casefile import case_file_queue
from requests_app.ledger.erasing import SHORT_NOTICE
from requests_app.models import (
    CaseFile,
    Delivery,
    IdempotencyKey,
    LargeUpload,
    UnsavedWriting,
)

MADE_BEFORE = "It held what was erased by law since. Ask for it anew: the new one says so."
FEWEST = 12  # letters of a line that is no coincidence


def stored_copies(rows: Rows) -> list[str]:
    """Where case files and pages of exhibits made of it lie."""
    names = {str(one.file) for one in _case_files(rows) if one.file}
    return sorted(names | {exhibit.pages for exhibit in rows.opened if exhibit.pages})


def let_go(rows: Rows, *, said: set[str], at: datetime) -> None:
    """In the transaction of the erasing; `said` are the message's own `lines`."""
    case_file_queue.let_go(_case_files(rows), problem=MADE_BEFORE, at=at)
    for exhibit in rows.opened:
        exhibit.pages, exhibit.pages_sha256, exhibit.opened_mark = "", "", ""
        exhibit.page_count, exhibit.beside, exhibit.problem = 0, [], ""
        if exhibit.attachment_id:  # it is called by the file's name
            exhibit.title = SHORT_NOTICE
        exhibit.save()
    files = [file.pk for file in rows.files]
    LargeUpload.objects.filter(attachment__in=files).update(name=SHORT_NOTICE)
    _answers_of_servers(rows)
    _kept_answers(rows)
    _kept_writing(rows, said)


def lines(rows: Rows) -> set[str]:
    """The lines by which its words are known in what somebody typed."""
    texts = [*(one.text for one in rows.communications), *(mail.text for mail in rows.mails)]
    found = {line.strip() for text in texts for line in text.splitlines()}
    return {line for line in found if len(line) >= FEWEST}


def _case_files(rows: Rows) -> QuerySet[CaseFile]:
    return CaseFile.objects.filter(records_request__in=rows.requests)


def _answers_of_servers(rows: Rows) -> None:
    """What a report said, as its sending shows it."""
    for mail in rows.mails:
        if mail.report:
            Delivery.objects.filter(
                records_request__in=rows.requests, last_answer=answer_in(mail)
            ).update(last_answer=SHORT_NOTICE)


def _kept_answers(rows: Rows) -> None:
    """Of the API, to be given again where a call is repeated: its status and address stay."""
    newsrooms = {request.newsroom_id for request in rows.requests}
    kept = IdempotencyKey.objects.filter(user__membership__newsroom__in=newsrooms)
    kept.exclude(status=None).update(answer="null")


def _kept_writing(rows: Rows, said: set[str]) -> None:
    """What was typed into a page and saved since, or says the same words."""
    typed = UnsavedWriting.objects.filter(records_request__in=rows.requests)
    typed.filter(is_closed=True).delete()
    for row in typed.filter(~Q(fields={})):
        words = "\n".join(str(value) for value in row.fields.values())
        if any(line in words for line in said):
            row.delete()
