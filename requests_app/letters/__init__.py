"""Letters: their wording, their paper, their PDF; issued once and frozen."""

from requests_app.letters.errors import LetterError, TooLongToLayOutError
from requests_app.letters.facts.due_facts import Tone, tone
from requests_app.letters.issue import Drawn, draw, entered_in, issue
from requests_app.letters.paper.envelope import address_pages, print_queue_pdf
from requests_app.letters.paper.pages import page_count, page_images
from requests_app.letters.paper.pictures import Picture, read_picture
from requests_app.letters.paper.plain import plain_request, plain_text
from requests_app.letters.paper.render import render_pdf
from requests_app.letters.paper.sheet import Sheet, sheet_for
from requests_app.letters.planned_letter import PlannedLetter, PreparedFiling
from requests_app.letters.sending import Copy, FoundAddress, Sending
from requests_app.letters.wording.check_templates import check_templates
from requests_app.letters.wording.compose import (
    Composition,
    compose_appeal,
    compose_in_challenge,
    compose_reply,
    compose_request,
)
from requests_app.letters.wording.legal_text import changed_legal_sentences

__all__ = [
    "Composition",
    "Copy",
    "Drawn",
    "FoundAddress",
    "LetterError",
    "Picture",
    "PlannedLetter",
    "PreparedFiling",
    "Sending",
    "Sheet",
    "Tone",
    "TooLongToLayOutError",
    "address_pages",
    "changed_legal_sentences",
    "check_templates",
    "compose_appeal",
    "compose_in_challenge",
    "compose_reply",
    "compose_request",
    "draw",
    "entered_in",
    "issue",
    "page_count",
    "page_images",
    "plain_request",
    "plain_text",
    "print_queue_pdf",
    "read_picture",
    "render_pdf",
    "sheet_for",
    "tone",
]
