"""A PDF as pictures of its pages, and PDFs bound for a printer: `pages_program`, in the cage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from requests_app.letters.errors import LetterError
from requests_app.storage.cage.calling import Answer, Source, call
from requests_app.storage.cage.errors import CageError
from requests_app.storage.cage.limits import MEGABYTE, Limits

T = TypeVar("T")
PROGRAM = "requests_app.letters.paper.pages_program"
LIMITS = Limits(cpu_seconds=30, wall_seconds=40, memory=768 * MEGABYTE, output=256 * MEGABYTE)


@dataclass(frozen=True, slots=True)
class Part:
    """A PDF, or one `page` of it, from 0. If `is_form`, its fields are turned into ink."""

    pdf: bytes
    is_form: bool = False
    page: int | None = None


def page_images(pdf: bytes, *, width: int = 900, most: int | None = None) -> list[bytes]:
    """Each page as a PNG, `width` pixels wide; of a long letter the first `most` alone."""
    answer = _call("pictures", pdf, list[int], width=width, most=most)
    found, at = [], 0
    for size in answer.value:
        found.append(answer.written[at : at + size])
        at += size
    return found


def page_count(pdf: bytes) -> int:
    return _call("count", pdf, int).value


def can_be_printed(pdfs: Sequence[bytes]) -> list[bool]:
    """Of each whether it opens without a password, and is not broken."""
    return _call("printable", pdfs, list[bool]).value if pdfs else []


def bind(parts: Sequence[Part], *, two_sided: bool = False) -> bytes:
    """All of them as one PDF."""
    pdfs = list({id(part.pdf): part.pdf for part in parts}.values())
    place = {id(pdf): number for number, pdf in enumerate(pdfs)}
    told = [(place[id(part.pdf)], part.page, part.is_form) for part in parts]
    return _call("bind", pdfs, int, parts=told, two_sided=two_sided).written


def _call(function: str, source: Source, returns: type[T], **arguments: Any) -> Answer[T]:
    """LetterError, with what to do, where the pages are not to be had."""
    try:
        return call(f"{PROGRAM}:{function}", source, returns=returns, limits=LIMITS, **arguments)
    except CageError as error:
        raise LetterError(
            "The pages of this PDF could not be drawn here: it is damaged, or needs more time or "
            "memory than one may take. Print it from the file itself."
        ) from error
