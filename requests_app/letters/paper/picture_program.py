"""A logo or a signature as somebody uploads it → a plain PNG that a letter can print.

Runs in the cage, without Django. What comes in is decoded once, here, and written anew: nothing of
the file itself (its metadata, its profile, whatever hides behind its last byte) reaches a letter.
"""

import warnings
from typing import IO

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from requests_app.storage.cage.errors import RefusalError

ImageFile.LOAD_TRUNCATED_IMAGES = False  # a picture is whole or refused
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
# Read from the header, before a pixel is decoded: a few kilobytes may claim a hundred megapixels.
MAX_PIXELS = 40_000_000
MAX_WIDTH, MAX_HEIGHT = 1200, 600
MIN_SIDE = 16
# The margin of a scanned signature is rarely pure white, or quite transparent.
PAPER, FAINT = 235, 12


def write_anew(source: IO[bytes], output: IO[bytes], *, what: str) -> tuple[int, int]:
    """Write the picture in a file that was uploaded as `what`; its width and height. RefusalError.

    Turned as its camera says, without empty margins, made smaller where it is larger than print
    needs.
    """
    if _is_drawing(source.read(1024)):
        raise RefusalError(f"The {what} is an SVG drawing: export it as a PNG and upload that.")
    source.seek(0)
    image = _trimmed(_decoded(source, what))
    if min(image.size) < MIN_SIDE:
        raise RefusalError(
            f"The {what} is only {image.width} by {image.height} pixels without its empty margin: "
            "use a larger picture, best about 1200 pixels wide."
        )
    image.thumbnail((MAX_WIDTH, MAX_HEIGHT), Image.Resampling.LANCZOS)
    image.save(output, "PNG", optimize=True)
    return image.size


def _is_drawing(start: bytes) -> bool:
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<svg", b"<?xml", b"<!doctype svg"))


def _decoded(source: IO[bytes], what: str) -> Image.Image:
    """Its first frame, upright, in gray or color with or without transparency."""
    try:
        with warnings.catch_warnings():
            # Pillow's bound is looser than ours, and a mere warning at first.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(source, formats=FORMATS)
            if image.width * image.height > MAX_PIXELS:
                raise _too_large(what)
            image.load()
            image = ImageOps.exif_transpose(image)
    except Image.DecompressionBombError as error:
        raise _too_large(what) from error
    except UnidentifiedImageError as error:
        raise RefusalError(
            f"The {what} is not a picture the desk can read: use a PNG, JPEG, WebP or GIF file."
        ) from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise RefusalError(
            f"The {what} is damaged, so it cannot be read to its end: save it again and upload "
            "that file."
        ) from error
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _too_large(what: str) -> RefusalError:
    return RefusalError(
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
