"""One file read in the cage, and what came of it."""

from dataclasses import dataclass
from pathlib import Path

from requests_app.storage.cage.calling import call
from requests_app.storage.cage.errors import CageError, RefusalError
from requests_app.storage.cage.limits import Limits
from requests_app.storage.reading_files.limits import LIMITS, MOST_TEXT_BYTES

FUNCTION = "requests_app.storage.reading_files.formats:write_words"
SHOWN = 250


@dataclass(frozen=True, slots=True)
class Found:
    """`problem` is "" where it was read; `is_other_kind` says that there was nothing to try."""

    text: str = ""
    is_cut: bool = False
    problem: str = ""
    is_other_kind: bool = False


def read(path: Path, *, name: str, limits: Limits = LIMITS) -> Found:
    """Never raises for what is in the file."""
    try:
        answer = call(FUNCTION, path, returns=bool, limits=limits, name=name, most=MOST_TEXT_BYTES)
    except RefusalError as reason:
        return Found(problem=str(reason)[:SHOWN], is_other_kind=True)
    except CageError as error:
        return Found(problem=str(error)[:SHOWN])
    return Found(text=answer.written.decode("utf-8", "ignore"), is_cut=answer.value)
