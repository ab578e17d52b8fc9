"""A logo or a signature as somebody uploads it → a plain PNG, made anew in the cage."""

from dataclasses import dataclass, field
from hashlib import sha256

from requests_app.letters.errors import LetterError
from requests_app.storage.cage.calling import call
from requests_app.storage.cage.errors import CageError, RefusalError
from requests_app.storage.cage.limits import MEGABYTE, Limits

FUNCTION = "requests_app.letters.paper.picture_program:write_anew"
LIMITS = Limits(cpu_seconds=20, wall_seconds=30, memory=768 * MEGABYTE, output=8 * MEGABYTE)
MAX_BYTES = 5 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG without metadata, at most 1200 by 600 pixels."""

    png: bytes = field(repr=False)  # `sha256` stands for it
    sha256: str
    width: int
    height: int


def read_picture(data: bytes, *, what: str) -> Picture:
    """The picture in a file that was uploaded as `what`, "logo" or "signature".

    LetterError says what to do where it is not a picture, or not one for a letter.
    """
    if not data:
        raise LetterError(f"The {what} is an empty file: choose a PNG or JPEG picture.")
    if len(data) > MAX_BYTES:
        raise LetterError(
            f"The {what} is larger than 5 MB: save it smaller, 1200 pixels wide is plenty."
        )
    try:
        answer = call(FUNCTION, data, returns=tuple[int, int], limits=LIMITS, what=what)
    except RefusalError as reason:
        raise LetterError(str(reason)) from reason
    except CageError as error:
        raise LetterError(
            f"The {what} could not be read within the time and memory that a picture may take: "
            "save it smaller, 1200 pixels wide is plenty, and upload that file."
        ) from error
    width, height = answer.value
    return Picture(answer.written, sha256(answer.written).hexdigest(), width, height)
