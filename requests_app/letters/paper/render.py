"""A sheet → PDF/UA-1, the same bytes for the same sheet."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from requests_app.letters import markdown
from requests_app.letters.errors import LetterError, TooLongToLayOutError
from requests_app.letters.paper import layout
from requests_app.letters.paper.png_urls import png_url
from requests_app.letters.paper.sheet import Mark, Sheet
from requests_app.vocabulary import dates_and_amounts

MOST_CHARACTERS = 250_000  # some eighty pages
log = structlog.get_logger(__name__)


def render_pdf(sheet: Sheet) -> bytes:
    """The letter as a tagged PDF with its fonts embedded. LetterError where it cannot be made.

    One that runs over its first page by a few lines is set a little closer.
    """
    if len(sheet.text) > MOST_CHARACTERS:
        raise LetterError(
            f"The letter has {len(sheet.text):,} characters, and up to {MOST_CHARACTERS:,} are "
            "printed: shorten it, and put what is long into a file that goes with it."
        )
    with _said_to_people(sheet.reference):
        return layout.lay_out(
            to_html(sheet),
            closer=to_html(sheet, is_compact=True),
            pictures=[mark.png for mark in (sheet.logo, sheet.signature) if mark],
        )


def render_page(template: str, css: str, *, reference: str, **context: Any) -> bytes:
    """Another page on the letters' paper, such as an envelope's, from a template of ours."""
    with _said_to_people(reference):
        page = _layout().get_template(template)
        return layout.lay_out(page.render(css=Markup(_css(css)), reference=reference, **context))  # noqa: S704  our own file


def render_html(html: str, reference: str) -> bytes:
    """A whole page of ours that needs nothing from outside itself. LetterError as `render_pdf`."""
    with _said_to_people(reference):
        return layout.lay_out(html)


@contextmanager
def _said_to_people(reference: str) -> Iterator[None]:
    """Whatever the engine raises, as a sentence that says what to do."""
    try:
        yield
    except layout.NoEngineError as error:
        raise LetterError(
            "Letters cannot be made on this machine yet, because Pango is not installed: stop the "
            "desk and run “python3 run.py up”, which says what is missing."
        ) from error
    except layout.NotAllowedError as error:
        raise LetterError(f"A letter may not load {error}: take it out of the text.") from error
    except layout.NoGlyphError as error:
        raise LetterError(
            f"No font on this machine can print {error}: write it in other characters, or have a "
            "font with it installed."
        ) from error
    except layout.TooLongError as error:
        log.warning("letter_took_too_long", reference=reference)
        raise TooLongToLayOutError(
            "This letter takes too long to lay out, so it was not printed and nothing was changed. "
            "Shorten its text, take out words without spaces, and cut long lists and paragraphs; "
            "put what is long into a file that goes with it."
        ) from error
    except Exception as error:  # the engine's own failures are many, and none may be half a letter
        name = error.reason if isinstance(error, layout.LayoutError) else type(error).__name__
        trace = error.trace if isinstance(error, layout.LayoutError) else ""
        log.exception("letter_not_rendered", reference=reference, engine=trace)
        raise LetterError(
            "The PDF of this letter could not be made. Shorten or simplify the text and try again; "
            f"the operator’s log says more ({name})."
        ) from error


def to_html(sheet: Sheet, *, is_compact: bool = False) -> str:
    """The page that is printed."""
    page: str = (
        _layout()
        .get_template("layout.html")
        .render(
            sheet=sheet,
            dated=dates_and_amounts.day(sheet.on),
            letterhead=[line for line in (sheet.newsroom_address, sheet.newsroom_contact) if line],
            logo=_picture(sheet.logo, *LOGO_BOX),
            signature=_picture(sheet.signature, *SIGNATURE_BOX),
            body=Markup(markdown.to_html(sheet.text)),  # noqa: S704  to_html escapes what is not markup
            css=Markup(_css()),  # noqa: S704  our own file
            compact=is_compact,
        )
    )
    return page


# Points a picture may take up on the paper, across and down.
LOGO_BOX = (212.0, 44.0)
SIGNATURE_BOX = (190.0, 42.0)


def _picture(mark: Mark | None, most_across: float, most_down: float) -> Markup:
    """The picture as large as its box allows, in print resolution at best; nothing for none."""
    if mark is None:
        return Markup("")
    scale = min(most_across / mark.width, most_down / mark.height, 72 / 96)
    size = f"width: {mark.width * scale:.2f}pt; height: {mark.height * scale:.2f}pt"
    return Markup('<img src="{}" alt="{}" style="{}">').format(
        png_url(mark.png), markdown.clean(mark.alt), size
    )


@cache
def _folder() -> Path:
    return Path(settings.ROOT) / "templates" / "letters" / "paper"


@cache
def _css(name: str = "letter.css") -> str:
    return (_folder() / name).read_text(encoding="utf-8")


@cache
def _layout() -> SandboxedEnvironment:
    layout = SandboxedEnvironment(
        loader=FileSystemLoader(_folder()),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    layout.filters["whole"] = markdown.whole_words
    return layout


def _clean(value: Any) -> Any:
    """What is typed beside the text (a subject, a name) is cleaned as the text is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return markdown.clean(value)
    return value
