"""A sheet → PDF/UA-1, the same bytes for the same sheet; and a PDF → pictures of its pages."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from requests_app.letters import markdown, words
from requests_app.letters.errors import LetterError
from requests_app.letters.sheet import Sheet

log = structlog.get_logger(__name__)


def render_pdf(sheet: Sheet) -> bytes:
    """The letter as a tagged PDF with its fonts embedded. LetterError where it cannot be made.

    One that runs over its first page by a few lines is set a little closer.
    """
    try:
        from requests_app.letters import engine
    except OSError as error:
        raise LetterError(
            "Letters cannot be made on this machine yet, because Pango is not installed: stop the "
            "desk and run “python3 run.py up”, which says what is missing."
        ) from error
    try:
        document = engine.lay_out(to_html(sheet))
        if len(document.pages) == 2:
            closer = engine.lay_out(to_html(sheet, is_compact=True))
            document = closer if len(closer.pages) == 1 else document
        return engine.write(document)
    except engine.NotAllowedError as error:
        raise LetterError(f"A letter may not load {error}: take it out of the text.") from error
    except engine.MissingGlyphError as error:
        raise LetterError(
            f"No font on this machine can print {error}: write it in other characters, or have a "
            "font with it installed."
        ) from error
    except Exception as error:  # the engine's own failures are many, and none may be half a letter
        log.exception("letter_not_rendered", reference=sheet.reference)
        raise LetterError(
            "The PDF of this letter could not be made. Shorten or simplify the text and try again; "
            f"the operator’s log says more ({type(error).__name__})."
        ) from error


def to_html(sheet: Sheet, *, is_compact: bool = False) -> str:
    """The page that is printed."""
    page: str = (
        _layout()
        .get_template("layout.html")
        .render(
            sheet=sheet,
            dated=words.day(sheet.on),
            letterhead=[line for line in (sheet.newsroom_address, sheet.newsroom_contact) if line],
            body=Markup(markdown.to_html(sheet.text)),  # noqa: S704  to_html escapes what is not markup
            css=Markup(_css()),  # noqa: S704  our own file
            compact=is_compact,
        )
    )
    return page


def page_images(pdf: bytes, *, width: int = 900) -> list[bytes]:
    """Each page as a PNG, `width` pixels wide."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_png(page, width) for page in document]
    finally:
        document.close()


def page_count(pdf: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _png(page: Any, width: int) -> bytes:
    out = BytesIO()
    page.render(scale=width / page.get_width()).to_pil().save(out, "PNG")
    return out.getvalue()


@cache
def _folder() -> Path:
    return Path(settings.ROOT) / "templates" / "letters"


@cache
def _css() -> str:
    return (_folder() / "letter.css").read_text(encoding="utf-8")


@cache
def _layout() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(_folder()),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )


def _clean(value: Any) -> Any:
    """What is typed beside the text (a subject, a name) is cleaned as the text is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return markdown.clean(value)
    return value
