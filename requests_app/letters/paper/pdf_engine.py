"""WeasyPrint, held to what a letter may do: no file, no network, no character without a glyph.

Imported only when a letter is made, by `layout_program`: it loads Pango, which a command that makes
none can do without.
"""

import logging
import threading
from collections.abc import Iterable
from functools import cache
from typing import Any

from weasyprint import HTML
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from requests_app.letters.paper.png_urls import png_url

OPTIONS = {"pdf_variant": "pdf/ua-1"}


class NotAllowedError(Exception):
    """The page asked for something from outside itself."""


class MissingGlyphError(Exception):
    """No installed font has these characters."""

    def __init__(self, characters: list[str]) -> None:
        super().__init__(", ".join(f"“{c}” (U+{ord(c):04X})" for c in characters))


class RefusingFetcher(URLFetcher):
    """Everything a letter needs is on its page: of addresses, only the declared pictures' own."""

    def __init__(self, declared: Iterable[bytes] = ()) -> None:
        super().__init__()
        self._declared = {png_url(png): png for png in declared}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url not in self._declared:
            raise FatalURLFetchingError(url[:200])
        return URLFetcherResponse(url, self._declared[url], {"Content-Type": "image/png"})


@cache
def _fonts() -> FontConfiguration:
    """One for the process: building it costs more than a letter does."""
    return FontConfiguration()


def lay_out(html: str, declared: Iterable[bytes] = ()) -> Any:
    """The page's document, with its `pages`; `declared` are the PNGs it shows. NotAllowedError."""
    try:
        return HTML(string=html, url_fetcher=RefusingFetcher(declared)).render(
            font_config=_fonts(), **OPTIONS
        )
    except FatalURLFetchingError as error:  # a BaseException, which nothing above would catch
        raise NotAllowedError(str(error)) from error


def write(document: Any, *, variant: str | None = "pdf/ua-1") -> bytes:
    """The document as PDF/UA-1, or as that variant. NotAllowedError, MissingGlyphError."""
    _heard.characters = set()
    try:
        pdf: bytes = document.write_pdf(**{**OPTIONS, "pdf_variant": variant})
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
