"""What a letter that came as a file may mean, suggested once the worker has read its words.

A message's own words are read when it is filed, and nothing waits for its files. Only what is
written like a letter about a request is read so: the records themselves say much that is no answer.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from requests_app.actions.mail.kept_suggestions import as_json, citations_of, our_last_words
from requests_app.mail.suggestions.apply_rules import Written
from requests_app.mail.suggestions.apply_rules import suggest_from as suggestions_from
from requests_app.mail.suggestions.suggestion import Suggestion
from requests_app.models import Attachment, Communication, FileText, TextStage

MOST_PAGES = 3  # of a letter; what follows are its enclosures
END_OF_PAGE = "\f"
_GREETS = re.compile(r"^[ \t]*(?:dear|re:|subject:|good (?:morning|afternoon))\b", re.I | re.M)
_IS_ABOUT_A_REQUEST = re.compile(
    r"\b(?:request|requests|foia|freedom of information|public records|sunshine law)\b", re.I
)


def suggest_from(read: FileText) -> None:
    """For each message that the file came with, of which nobody has said what it means."""
    with transaction.atomic():
        messages = Communication.objects.unread().filter(
            pk__in=Attachment.objects.filter(sha256=read.sha256).values("communication")
        )
        for communication in messages.select_for_update(no_key=True, of=("self",)).order_by("pk"):
            _add(communication, [read])
        FileText.objects.filter(pk=read.pk).update(is_suggested_from=True)


def suggest_for(communication: Communication) -> None:
    """From those of its files that were read for another message already."""
    if not communication.is_to_be_read:
        return
    files = Attachment.objects.filter(communication=communication).values("sha256")
    known = FileText.objects.filter(sha256__in=files, stage=TextStage.READ).order_by("pk")
    _add(communication, known)


def _add(communication: Communication, files: Iterable[FileText]) -> None:
    before = len(communication.suggestions)
    for file in files:
        attachment = Attachment.objects.filter(
            communication=communication, sha256=file.sha256, quarantined=""
        ).first()
        if attachment is not None:
            known = {suggestion["kind"] for suggestion in communication.suggestions}
            communication.suggestions += [
                made
                for made in _suggestions(file.text, attachment.name, communication)
                if made["kind"] not in known
            ]
    if len(communication.suggestions) > before:
        communication.save(update_fields=["suggestions"])


def _suggestions(text: str, name: str, communication: Communication) -> list[dict[str, Any]]:
    letter = END_OF_PAGE.join(text.split(END_OF_PAGE)[:MOST_PAGES])
    if not (_GREETS.search(letter) and _IS_ABOUT_A_REQUEST.search(letter)):
        return []
    request = communication.records_request
    written = Written("", letter, citations_of(request), communication.on)
    found = suggestions_from(written, own_words=our_last_words(request))
    return [as_json(item) | {"file": name, "page": _page_of(item, text)} for item in found]


def _page_of(item: Suggestion, text: str) -> int | None:
    """From 1; None in a kind of file that has no pages of its own."""
    if END_OF_PAGE not in text:
        return None
    return 1 + text.count(END_OF_PAGE, 0, item.words[0].start)
