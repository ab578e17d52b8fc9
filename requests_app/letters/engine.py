"""WeasyPrint, held to what a letter may do: no file, no network, no character without a glyph.

Imported only when a letter is made: it loads Pango, which a command that makes none can do without.
"""

import logging
import threading
from functools import cache
from typing import Any, NoReturn

from weasyprint import HTML
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

OPTIONS = {"pdf_variant": "pdf/ua-1"}


class NotAllowedError(Exception):
    """The page asked for something from outside itself."""


class MissingGlyphError(Exception):
    """No installed font has these characters."""

    def __init__(self, characters: list[str]) -> None:
        super().__init__(", ".join(f"“{c}” (U+{ord(c):04X})" for c in characters))


class RefusingFetcher(URLFetcher):
    """Everything a letter needs is on its page."""

    def fetch(self, url: str, headers: Any = None) -> NoReturn:
        raise FatalURLFetchingError(url)


@cache
def _fonts() -> FontConfiguration:
    """One for the process: building it costs more than a letter does."""
    return FontConfiguration()


def lay_out(html: str) -> Any:
    """The page's document, with its `pages`. NotAllowedError."""
    try:
        return HTML(string=html, url_fetcher=RefusingFetcher()).render(
            font_config=_fonts(), **OPTIONS
        )
    except FatalURLFetchingError as error:  # a BaseException, which nothing above would catch
        raise NotAllowedError(str(error)) from error


def write(document: Any) -> bytes:
    """The document as PDF/UA-1. NotAllowedError, MissingGlyphError."""
    _heard.characters = set()
    try:
        pdf: bytes = document.write_pdf(**OPTIONS)
    except FatalURLFetchingError as error:
        raise NotAllowedError(str(error)) from error
    if _heard.characters:
        raise MissingGlyphError(sorted(_heard.characters))
    return pdf


class _Heard(threading.local):
    """What WeasyPrint warned of in this thread: characters it printed as empty boxes."""

    def __init__(self) -> None:
        self.characters: set[str] = set()


_heard = _Heard()


def _listen(record: logging.LogRecord) -> bool:
    if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
        _heard.characters.add(str(record.args[0]))
    return record.levelno >= logging.ERROR


LOGGER.setLevel(logging.WARNING)
LOGGER.addFilter(_listen)
