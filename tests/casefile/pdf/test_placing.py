"""A stranger's PDF becomes pages that can only be seen, and nothing in it stops the case file."""

import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from requests_app.casefile.pdf import placing
from requests_app.casefile.pdf.placing import NotPlacedError
from tests.casefile.papers import pdf

ACTIVE = (b"/JS", b"/JavaScript", b"/Launch", b"/OpenAction", b"/AA", b"/EmbeddedFile", b"/URI")


def placed(data: bytes, folder: Path) -> Path:
    source, target = folder / "in.pdf", folder / "out.pdf"
    source.write_bytes(data)
    placing.place(source, target)
    return target


def changed(data: bytes, change) -> bytes:
    out = BytesIO()
    with Pdf.open(BytesIO(data)) as opened:
        change(opened)
        opened.save(out)
    return out.getvalue()


def text_of(path: Path, page: int = 0) -> str:
    return pypdfium2.PdfDocument(path)[page].get_textpage().get_text_range()


def size_of(path: Path) -> tuple[float, float]:
    return pypdfium2.PdfDocument(path)[0].get_size()


def test_text_stays_text_above_an_empty_strip(tmp_path):
    target = placed(pdf("first page", "second page"), tmp_path)

    assert [text_of(target, n) for n in (0, 1)] == ["first page", "second page"]
    assert size_of(target) == (612, 792 + placing.STRIP)


@pytest.mark.parametrize(
    ("turned", "size"), [(90, (792, 636)), (180, (612, 816)), (270, (792, 636))]
)
def test_turned_page_stands_upright(turned: int, size: tuple[float, float], tmp_path):
    target = placed(pdf("turned", Rotate=turned), tmp_path)

    assert size_of(target) == size
    box = pypdfium2.PdfDocument(target)[0].get_textpage().get_charbox(0)
    before = pypdfium2.PdfDocument(pdf("turned", Rotate=turned))[0]
    # Where the letter was on the page as it was shown, it is here, the strip apart.
    shown = before.render(scale=1).to_pil().convert("L").point(lambda v: 255 * (v < 128)).getbbox()
    here = pypdfium2.PdfDocument(target)[0].render(scale=1).to_pil().convert("L")
    assert here.point(lambda v: 255 * (v < 128)).getbbox() == pytest.approx(shown, abs=2)
    assert box[0] >= 0


def test_crop_box_is_what_is_seen(tmp_path):
    target = placed(pdf("x", CropBox=[100, 100, 400, 700]), tmp_path)

    assert size_of(target) == (300, 600 + placing.STRIP)


def test_what_a_pdf_could_do_is_not_taken_along(tmp_path):
    def arm(opened: Pdf) -> None:
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        opened.Root.OpenAction = script
        opened.Root.AA = Dictionary(WC=script)
        opened.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
        launch = Dictionary(S=Name.Launch, F=String("cmd.exe"))
        page = opened.pages[0].obj
        page.AA = Dictionary(O=script)
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=launch)
        page.Annots = Array([opened.make_indirect(link)])
        opened.attachments["evil.exe"] = pikepdf.AttachedFileSpec(
            opened, b"MZ", description="", filename="", mime_type="", creation_date="", mod_date=""
        )

    target = placed(changed(pdf("armed"), arm), tmp_path)

    content = target.read_bytes()
    assert [word for word in ACTIVE if word in content] == []
    assert text_of(target) == "armed"


def test_filled_field_is_seen_and_no_longer_a_field(tmp_path):
    def fill(opened: Pdf) -> None:
        look = opened.make_stream(b"BT /F 12 Tf 2 4 Td (filled in) Tj ET")
        font = opened.pages[0].obj.Resources.Font
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 20])
        look.Resources = Dictionary(Font=font)
        field = opened.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("a"),
                V=String("filled in"),
                Rect=[100, 100, 300, 120],
                F=4,
                AP=Dictionary(N=opened.make_indirect(look)),
            )
        )
        opened.pages[0].obj.Annots = Array([field])
        opened.Root.AcroForm = Dictionary(Fields=Array([field]))

    target = placed(changed(pdf("form"), fill), tmp_path)

    assert "filled in" in text_of(target)
    with Pdf.open(target) as opened:
        assert "/AcroForm" not in opened.Root
        assert "/Annots" not in opened.pages[0].obj


def test_drawing_that_leaves_its_state_open_does_not_move_the_stamp(tmp_path):
    def leave_open(opened: Pdf) -> None:
        opened.pages[0].obj.Contents = opened.make_stream(b"q q 5 0 0 5 100 100 cm q")

    target = placed(changed(pdf("x"), leave_open), tmp_path)

    with Pdf.open(target) as opened:
        content = opened.pages[0].obj.Contents.read_bytes()
    assert content.count(b"q ") == content.count(b" Q")


@pytest.mark.parametrize(
    ("size", "shown"), [((5670, 5670), (2592, 2592)), ((10, 10), (288, 288)), ((14400, 100), None)]
)
def test_enormous_and_tiny_pages_are_brought_to_a_bearable_size(size, shown, tmp_path):
    width, height = size_of(placed(pdf("x", size=size), tmp_path))

    assert max(width, height) <= placing.LONGEST + placing.STRIP
    if shown:
        assert (width, height) == pytest.approx((shown[0], shown[1] + placing.STRIP))


@pytest.mark.parametrize("box", [[0, 0, 0, 0], ["a", 1, 2, 3], [5], "none"])
def test_page_without_a_size_is_us_letter(box, tmp_path):
    def break_box(opened: Pdf) -> None:
        value = [pikepdf.String(v) if isinstance(v, str) else v for v in box]
        opened.pages[0].obj.MediaBox = Array(value) if isinstance(box, list) else Name.None_

    assert size_of(placed(changed(pdf("x"), break_box), tmp_path)) == (612, 816)


def test_encrypted_pdf_says_so(tmp_path):
    out = BytesIO()
    with Pdf.open(BytesIO(pdf("x"))) as opened:
        opened.save(out, encryption=pikepdf.Encryption(user="u", owner="o"))

    with pytest.raises(NotPlacedError, match="encrypted"):
        placed(out.getvalue(), tmp_path)


def test_pdf_that_only_forbids_things_is_placed(tmp_path):
    out = BytesIO()
    with Pdf.open(BytesIO(pdf("readable"))) as opened:
        opened.save(out, encryption=pikepdf.Encryption(user="", owner="o"))

    assert text_of(placed(out.getvalue(), tmp_path)) == "readable"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing", b"\x00" * 500, pdf("x")[:200]])
def test_broken_pdf_says_so(data: bytes, tmp_path):
    with pytest.raises(NotPlacedError, match=r"damaged|no pages"):
        placed(data, tmp_path)


def test_pdf_without_pages_says_so(tmp_path):
    with pytest.raises(NotPlacedError, match="no pages"):
        placed(pdf(), tmp_path)


def test_too_many_pages_are_counted_and_not_placed(tmp_path, monkeypatch):
    monkeypatch.setattr(placing, "MAX_PAGES", 3)

    with pytest.raises(NotPlacedError, match="It has 4 pages; up to 3"):
        placed(pdf("a", "b", "c", "d"), tmp_path)


def test_drawing_that_unfolds_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(placing, "MAX_DECODED", 1_000_000)

    def bomb(opened: Pdf) -> None:
        stream = pikepdf.Stream(opened, zlib.compress(b" " * 5_000_000))
        stream.Filter = Name.FlateDecode
        opened.pages[0].obj.Contents = Array([opened.make_indirect(stream)])

    source = tmp_path / "bomb.pdf"
    with Pdf.open(BytesIO(pdf("x"))) as opened:
        bomb(opened)
        opened.save(source, stream_decode_level=pikepdf.StreamDecodeLevel.none)

    with pytest.raises(NotPlacedError, match="unfolds"):
        placing.place(source, tmp_path / "out.pdf")


def test_pages_share_what_they_shared(tmp_path):
    """A thousand pages with one font stay small."""
    data = pdf(*(f"page {n}" for n in range(100)))

    assert placed(data, tmp_path).stat().st_size < 4 * len(data)
