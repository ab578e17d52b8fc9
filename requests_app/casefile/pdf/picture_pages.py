"""A picture, or a scan of several pages → PDF pages of US letter, upright and of bearable size."""

import warnings
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from requests_app.casefile.pdf.placing import FRAME, LETTER, MAX_PAGES, SAVED, NotPlacedError

MAX_PIXELS = 50_000_000
LONGEST = 2400  # pixels: 240 to the inch on the longer side
MARGIN = 18.0  # within the frame
TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/tiff", "image/webp", "image/bmp"})
_FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP")


def place(source: Path | BinaryIO, target: Path | BinaryIO) -> int:
    """Write the picture's pages to `target`; how many. NotPlacedError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the bound is ours
            with Image.open(source, formats=_FORMATS) as picture, Pdf.new() as pdf:
                _check(picture)
                for frame in _frames(picture):
                    pdf.pages.append(_page(pdf, frame))
                pdf.save(target, **SAVED)
                return len(pdf.pages)
    except (Image.DecompressionBombError, MemoryError) as error:
        raise NotPlacedError("It unfolds to more pixels than can be printed.") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError) as error:
        raise NotPlacedError("It is damaged: it cannot be read as a picture.") from error


def _check(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise NotPlacedError(f"It has {width:,} × {height:,} pixels: more than can be printed.")
    if getattr(picture, "n_frames", 1) > MAX_PAGES:
        raise NotPlacedError(f"It has more than {MAX_PAGES:,} pages.")


def _frames(picture: Image.Image) -> list[Image.Image] | ImageSequence.Iterator:
    """Each page of a scan; of an animation its first picture."""
    return ImageSequence.Iterator(picture) if picture.format == "TIFF" else [picture]


def _page(pdf: Pdf, frame: Image.Image) -> Page:
    _check(frame)
    frame.draft("RGB", (LONGEST, LONGEST))  # a large JPEG is read smaller from the start
    upright = ImageOps.exif_transpose(frame)
    upright.thumbnail((LONGEST, LONGEST))
    flat = _flat(upright)
    data = BytesIO()
    flat.save(data, "JPEG", quality=88, optimize=True)
    image = pdf.make_stream(data.getvalue())
    image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name.DCTDecode
    image.Width, image.Height, image.BitsPerComponent = flat.width, flat.height, 8
    image.ColorSpace = Name.DeviceGray if flat.mode == "L" else Name.DeviceRGB
    return _sheet(pdf, pdf.make_indirect(image), flat.width, flat.height)


def _flat(picture: Image.Image) -> Image.Image:
    """Gray or RGB, on white where it was transparent."""
    if picture.mode in {"1", "L", "I;16", "I"}:
        return picture.convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        drawn = picture.convert("RGBA")
        white = Image.new("RGBA", drawn.size, "white")
        return Image.alpha_composite(white, drawn).convert("RGB")
    return picture.convert("RGB")


def _sheet(pdf: Pdf, image: pikepdf.Object, width: int, height: int) -> Page:
    """Within the frame of a Letter page, and never larger than it is at 96 to the inch."""
    left, bottom, right, top = FRAME
    room_across, room_down = right - left - 2 * MARGIN, top - bottom - 2 * MARGIN
    scale = min(room_across / width, room_down / height, 0.75)
    w, h = width * scale, height * scale
    x, y = left + (right - left - w) / 2, bottom + (top - bottom - h) / 2
    content = (
        f"/Figure <</MCID 0>> BDC q {w:.3f} 0 0 {h:.3f} {x:.2f} {y:.2f} cm /Picture Do Q EMC"
    ).encode("ascii")
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([*LETTER]),
        Resources=Dictionary(XObject=Dictionary(Picture=image)),
        Contents=pdf.make_indirect(pdf.make_stream(content)),
    )
    return Page(pdf.make_indirect(page))
