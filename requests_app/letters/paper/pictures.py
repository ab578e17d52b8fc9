"""A logo or a signature as somebody uploads it → a plain PNG that a letter can print.

What comes in is decoded once, here, and written anew: nothing of the file itself (its metadata, its
profile, whatever hides behind its last byte) reaches a letter.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from requests_app.letters.errors import LetterError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MAX_BYTES = 5 * 1024 * 1024
# Read from the header, before a pixel is decoded: a few kilobytes may claim a hundred megapixels.
MAX_PIXELS = 40_000_000
MAX_WIDTH, MAX_HEIGHT = 1200, 600
MIN_SIDE = 16
# The margin of a scanned signature is rarely pure white, or quite transparent.
PAPER, FAINT = 235, 12


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG without metadata, at most 1200 by 600 pixels."""

    png: bytes = field(repr=False)  # `sha256` stands for it
    sha256: str
    width: int
    height: int


def read_picture(data: bytes, *, what: str) -> Picture:
    """The picture in a file that was uploaded as `what`, "logo" or "signature".

    Turned as its camera says, without empty margins, made smaller where it is larger than print
    needs. LetterError says what to do where it is not a picture, or not one for a letter.
    """
    if not data:
        raise LetterError(f"The {what} is an empty file: choose a PNG or JPEG picture.")
    if len(data) > MAX_BYTES:
        raise LetterError(
            f"The {what} is larger than 5 MB: save it smaller, 1200 pixels wide is plenty."
        )
    if _is_drawing(data):
        raise LetterError(f"The {what} is an SVG drawing: export it as a PNG and upload that.")
    image = _trimmed(_decoded(data, what))
    if min(image.size) < MIN_SIDE:
        raise LetterError(
            f"The {what} is only {image.width} by {image.height} pixels without its empty margin: "
            "use a larger picture, best about 1200 pixels wide."
        )
    image.thumbnail((MAX_WIDTH, MAX_HEIGHT), Image.Resampling.LANCZOS)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    png = out.getvalue()
    return Picture(png, sha256(png).hexdigest(), image.width, image.height)


def _is_drawing(data: bytes) -> bool:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<svg", b"<?xml", b"<!doctype svg"))


def _decoded(data: bytes, what: str) -> Image.Image:
    """Its first frame, upright, in gray or color with or without transparency."""
    try:
        with _strictly():
            image: Image.Image = Image.open(BytesIO(data), formats=FORMATS)
            if image.width * image.height > MAX_PIXELS:
                raise _too_large(what)
            image.load()
            image = ImageOps.exif_transpose(image)
    except Image.DecompressionBombError as error:
        raise _too_large(what) from error
    except UnidentifiedImageError as error:
        raise LetterError(
            f"The {what} is not a picture the desk can read: use a PNG, JPEG, WebP or GIF file."
        ) from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise LetterError(
            f"The {what} is damaged, so it cannot be read to its end: save it again and upload "
            "that file."
        ) from error
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


@contextmanager
def _strictly() -> Iterator[None]:
    """A picture is whole or refused. WeasyPrint tells Pillow, for the whole process, to make do
    with half; the pictures that letters show are whole, so nobody misses that for a moment.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            # Pillow's bound is looser than ours, and a mere warning at first.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _too_large(what: str) -> LetterError:
    return LetterError(
        f"The {what} has more than {MAX_PIXELS // 1_000_000} million pixels: save it smaller, "
        "1200 pixels wide is plenty."
    )


def _trimmed(image: Image.Image) -> Image.Image:
    """Without margins of nothing: transparent ones, or of the paper it was signed on."""
    if image.mode == "RGBA":
        ink = image.getchannel("A").point(lambda alpha: 255 if alpha > FAINT else 0)
    else:
        ink = image.convert("L").point(lambda light: 255 if light < PAPER else 0)
    box = ink.getbbox()
    return image.crop(box) if box else image
