"""Pictures and scans as pages."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from requests_app.casefile.pdf import picture_pages
from requests_app.casefile.pdf.placing import NotPlacedError
from tests.casefile.papers import jpeg


def placed(data: bytes, folder: Path) -> pypdfium2.PdfDocument:
    source, target = folder / "in", folder / "out.pdf"
    source.write_bytes(data)
    count = picture_pages.place(source, target)
    document = pypdfium2.PdfDocument(target)
    assert len(document) == count
    return document


def picture(
    kind: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), color=None, **save
) -> bytes:
    out = BytesIO()
    Image.new(mode, size, color or 0).save(out, kind, **save)
    return out.getvalue()


def color_at(document: pypdfium2.PdfDocument, x: float, y: float) -> tuple[int, ...]:
    shown = document[0].render(scale=1).to_pil().convert("RGB")
    return shown.getpixel((int(shown.width * x), int(shown.height * y)))


@pytest.mark.parametrize("size", [(2000, 1000), (1000, 2000), (1, 1), (1, 8000)])
def test_picture_of_any_shape_stands_on_a_letter_page(size: tuple[int, int], tmp_path):
    assert placed(jpeg(size), tmp_path)[0].get_size() == (612, 792)


def test_picture_is_turned_as_its_camera_said(tmp_path):
    document = placed(jpeg((1800, 900), turned=True), tmp_path)

    assert color_at(document, 0.5, 0.15)[2] > 200  # what was its left third is above
    assert color_at(document, 0.5, 0.75)[0] > 200


def test_what_is_transparent_is_white(tmp_path):
    document = placed(picture("PNG", "RGBA", (800, 800), (255, 0, 0, 0)), tmp_path)

    assert color_at(document, 0.5, 0.5) == (255, 255, 255)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "P"), ("PNG", "L"), ("PNG", "1"), ("PNG", "LA"), ("PNG", "I;16"), ("JPEG", "CMYK"),
     ("GIF", "P"), ("BMP", "RGB"), ("WEBP", "RGB"), ("TIFF", "CMYK")],
)  # fmt: skip
def test_every_kind_of_picture_is_printed(kind: str, mode: str, tmp_path):
    assert len(placed(picture(kind, mode), tmp_path)) == 1


def test_scan_of_several_pages_has_them_all(tmp_path):
    pages = [Image.new("L", (200, 300), shade) for shade in (10, 100, 200)]
    out = BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])

    assert len(placed(out.getvalue(), tmp_path)) == 3


def test_small_picture_is_not_blown_up(tmp_path):
    document = placed(picture("PNG", size=(100, 100), color=(0, 0, 0)), tmp_path)

    assert color_at(document, 0.5, 0.5) == (0, 0, 0)
    assert color_at(document, 0.3, 0.5) == (255, 255, 255)


def test_large_picture_is_brought_down(tmp_path):
    placed(picture("JPEG", size=(6000, 4000), color=(1, 2, 3)), tmp_path)

    assert (tmp_path / "out.pdf").stat().st_size < 400_000


@pytest.mark.parametrize(
    ("side", "said"), [(9_000, "9,000 × 9,000 pixels"), (20_000, "more pixels than")]
)
def test_picture_of_too_many_pixels_is_refused(side: int, said: str, tmp_path):
    bomb = picture("PNG", "1", (side, side), 0)

    with pytest.raises(NotPlacedError, match=said):
        placed(bomb, tmp_path)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\nno", jpeg()[:60], b"GIF89a"])
def test_broken_picture_says_so(data: bytes, tmp_path):
    with pytest.raises(NotPlacedError, match="damaged"):
        placed(data, tmp_path)
