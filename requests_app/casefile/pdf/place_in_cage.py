"""A stranger's file placed in the cage, so that nothing in it reaches this process."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from requests_app.casefile.pdf.placing import NotPlacedError
from requests_app.storage.cage.calling import call
from requests_app.storage.cage.errors import CageError, RefusalError, TooMuchError
from requests_app.storage.cage.limits import MEGABYTE, Limits

PROGRAM = "requests_app.casefile.pdf.placing_program"
LIMITS = Limits(cpu_seconds=90, wall_seconds=120, memory=2048 * MEGABYTE, output=512 * MEGABYTE)


@dataclass(frozen=True, slots=True)
class Placed:
    """How many pages were written, and what of the file they cannot show."""

    page_count: int
    not_shown: str = ""


def place(source: Path, target: Path, *, kind: str, limits: Limits = LIMITS) -> Placed:
    """Write the file's pages to `target`. NotPlacedError, with the reason."""
    with target.open("w+b") as into:
        try:
            return call(
                f"{PROGRAM}:place", source, returns=Placed, into=into, limits=limits, kind=kind
            ).value
        except CageError as error:
            raise NotPlacedError(_why(error, limits)) from error


def join(papers: Sequence[Path], target: Path) -> int:
    """Placed papers as one PDF; how many pages it has. NotPlacedError."""
    with target.open("w+b") as into:
        try:
            each = [paper.read_bytes() for paper in papers]
            return call(f"{PROGRAM}:join", each, returns=int, into=into, limits=LIMITS).value
        except CageError as error:
            raise NotPlacedError(_why(error, LIMITS)) from error


def _why(error: CageError, limits: Limits) -> str:
    if isinstance(error, RefusalError):
        return str(error)
    if isinstance(error, TooMuchError) and "seconds" in str(error):
        return f"Its pages could not be drawn within {limits.wall_seconds:g} seconds."
    return "It is damaged, or needs more memory than one file may take."
