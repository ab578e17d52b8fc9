"""Letters: their wording, their paper, their PDF; issued once and frozen."""

from requests_app.letters.check import check_templates
from requests_app.letters.compose import (
    Composition,
    compose_appeal,
    compose_reply,
    compose_request,
)
from requests_app.letters.departures import departures
from requests_app.letters.envelope import address_pages, print_queue_pdf
from requests_app.letters.errors import LetterError
from requests_app.letters.issue import entered_in, issue
from requests_app.letters.pictures import Picture, read_picture
from requests_app.letters.plain import plain_request, plain_text
from requests_app.letters.render import page_count, page_images, render_pdf
from requests_app.letters.sheet import Sheet, enclosures, sheet_for
from requests_app.letters.standing import Tone, tone

__all__ = [
    "Composition",
    "LetterError",
    "Picture",
    "Sheet",
    "Tone",
    "address_pages",
    "check_templates",
    "compose_appeal",
    "compose_reply",
    "compose_request",
    "departures",
    "enclosures",
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
