"""A logo or a signature as it comes in, and what a letter gets of it."""

import resource
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from requests_app.letters import LetterError, read_picture
from requests_app.letters.paper import pictures
from requests_app.storage.cage.limits import Limits


def saved(image: Image.Image, kind: str = "PNG", **how: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def drawn(mode: str = "RGB", size: tuple[int, int] = (300, 120)) -> Image.Image:
    """A dark bar in the middle of paper, or of nothing."""
    image = Image.new(mode, size, (255, 255, 255, 0) if mode == "RGBA" else "white")
    ImageDraw.Draw(image).rectangle([100, 40, 199, 79], fill=(10, 20, 60, 255)[: len(mode)])
    return image


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_picture_of_each_format_becomes_a_plain_png(kind: str) -> None:
    picture = read_picture(saved(drawn(), kind), what="logo")
    image = opened(picture.png)
    assert image.format == "PNG"
    assert image.size == (picture.width, picture.height)
    assert abs(picture.width - 100) <= 8
    assert abs(picture.height - 40) <= 8


def test_transparent_margin_of_a_signature_is_trimmed() -> None:
    picture = read_picture(saved(drawn("RGBA")), what="signature")
    assert (picture.width, picture.height) == (100, 40)
    assert opened(picture.png).mode == "RGBA"


def test_metadata_stays_behind() -> None:
    told = PngInfo()
    told.add_text("Author", "a name nobody should print")
    exif = Image.Exif()
    exif[0x010E] = "a place nobody should print"
    source = saved(drawn(), pnginfo=told, exif=exif) + b"nobody should read on"
    png = read_picture(source, what="logo").png
    assert b"nobody" not in png
    assert opened(png).info == {}
    assert png.endswith(b"IEND\xaeB`\x82")


def test_picture_stands_upright_as_its_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    picture = read_picture(saved(drawn(), "JPEG", exif=exif, quality=95), what="logo")
    assert picture.height > picture.width


def test_large_picture_is_made_as_small_as_print_needs() -> None:
    large = Image.new("RGB", (4000, 3000), "navy")
    picture = read_picture(saved(large), what="logo")
    assert (picture.width, picture.height) == (800, 600)


def test_same_picture_gives_the_same_bytes() -> None:
    source = saved(drawn())
    assert read_picture(source, what="logo") == read_picture(source, what="logo")


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has that many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b"%PDF-1.7", "not a picture the desk can read"),
        (b"hello", "not a picture the desk can read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG drawing: export it as a PNG"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><svg/>", "SVG drawing"),
        (saved(drawn())[:200], "damaged"),
        (bomb(20_000, 20_000), "more than 40 million pixels"),
        (bomb(2_000_000_000, 2), "million pixels"),
        (bomb(1000, 1000), "damaged"),
        (bytes(5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (saved(Image.new("RGB", (9, 9), "black")), "only 9 by 9 pixels"),
        (saved(Image.new("P", (100, 100)), "TIFF"), "not a picture the desk can read"),
    ],
)  # fmt: skip
def test_file_that_is_no_picture_is_refused_with_what_to_do(data: bytes, reason: str) -> None:
    with pytest.raises(LetterError, match=reason) as refused:
        read_picture(data, what="logo")
    assert str(refused.value).startswith("The logo")


def test_empty_picture_is_not_trimmed_to_nothing() -> None:
    picture = read_picture(saved(Image.new("RGBA", (40, 40), (0, 0, 0, 0))), what="logo")
    assert (picture.width, picture.height) == (40, 40)


def test_picture_of_40_megapixels_is_read_without_the_desks_own_memory() -> None:
    """Its pixels alone are 120 MB; the desk's process has the file and the small picture."""
    large = saved(Image.new("RGB", (7900, 5000), (10, 20, 60)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    picture = read_picture(large, what="logo")

    assert (picture.width, picture.height) == (948, 600)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024  # kilobytes


def test_picture_that_takes_too_long_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "LIMITS", Limits(wall_seconds=0))

    with pytest.raises(LetterError, match=r"within the time and memory .* save it smaller"):
        read_picture(saved(drawn()), what="logo")
