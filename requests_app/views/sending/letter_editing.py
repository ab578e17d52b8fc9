"""Editing a letter beside its paper: the same for a request, an appeal and a reply.

The form of such a page has a `text`. It is sent to do what the page is for, or with one of these,
which change nothing that is kept:

    do=look          show the text as it is now on paper (htmx asks for this after a pause)
    do=pdf           the same, as a PDF
    do=write         the template's own words again
    put_back=…       a legal sentence of the template, back where it stood
    insert=…         one of the newsroom's paragraphs, or of a page's own sentences, at the end
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from requests_app.actions.newsroom.stationery import in_use
from requests_app.letters import Composition
from requests_app.letters.wording.draft_edits import add_paragraph, restore_sentence
from requests_app.models import Newsroom, Paragraph
from requests_app.typed_numbers import whole_number
from requests_app.views.sending import previews

LOOK, PDF, WRITE = "look", "pdf", "write"
PANE = "letter-preview"
NO_SENTENCES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Offered:
    """One of the newsroom's paragraphs, and whether it stands in the text."""

    paragraph: Paragraph
    is_in_text: bool


def is_editing(request: HttpRequest) -> bool:
    """Whether the form was sent to look at the letter or change its text, and not to act."""
    sent = request.POST
    return sent.get("do") in {LOOK, PDF, WRITE} or "put_back" in sent or "insert" in sent


def is_acting(request: HttpRequest) -> bool:
    """Whether the form was sent to do what its page is for."""
    return request.method == "POST" and not is_editing(request)


def text_after(
    request: HttpRequest,
    *,
    composed: Composition | None,
    newsroom: Newsroom,
    sentences: Mapping[str, str] = NO_SENTENCES,
) -> str:
    """The text once what was asked for is done to it. `sentences` are those that this page offers
    beside the newsroom's paragraphs, by the name that its button sends."""
    sent = request.POST
    text = sent.get("text", "").replace("\r\n", "\n")
    if sent.get("do") == WRITE and composed:
        return composed.text
    if (sentence := sent.get("put_back")) and composed and sentence in composed.legal:
        return restore_sentence(composed.text, text, sentence)
    number = sent.get("insert", "")
    if number in sentences:
        return add_paragraph(text, sentences[number])
    if number:
        chosen = in_use(newsroom).filter(pk=whole_number(number) or 0).first()
        return add_paragraph(text, chosen.text) if chosen else text
    return text


def offered(newsroom: Newsroom, text: str) -> list[Offered]:
    """The newsroom's paragraphs, each with whether the text has it word for word."""
    words = " ".join(text.split())
    return [
        Offered(paragraph, " ".join(paragraph.text.split()) in words)
        for paragraph in in_use(newsroom)
    ]


def shown(
    request: HttpRequest, preview: previews.Preview, page: Callable[[], HttpResponse]
) -> HttpResponse:
    """The PDF, the pane beside the text, or the page around both."""
    if request.POST.get("do") == PDF:
        return previews.pdf_response(preview)
    if getattr(request, "htmx", None) and request.htmx.target == PANE:  # type: ignore[attr-defined]
        context: dict[str, Any] = {"preview": preview, "is_edited": True}
        return render(request, "sending/parts/preview.html", context)
    return page()
