"""Letters: their wording, their paper, their PDF; issued once and frozen."""

from requests_app.letters.check import check_templates
from requests_app.letters.compose import (
    Composition,
    compose_appeal,
    compose_reply,
    compose_request,
)
from requests_app.letters.errors import LetterError
from requests_app.letters.issue import issue
from requests_app.letters.plain import plain_request, plain_text
from requests_app.letters.render import page_count, page_images, render_pdf
from requests_app.letters.sheet import Sheet, enclosures, sheet_for

__all__ = [
    "Composition",
    "LetterError",
    "Sheet",
    "check_templates",
    "compose_appeal",
    "compose_reply",
    "compose_request",
    "enclosures",
    "issue",
    "page_count",
    "page_images",
    "plain_request",
    "plain_text",
    "render_pdf",
    "sheet_for",
]
