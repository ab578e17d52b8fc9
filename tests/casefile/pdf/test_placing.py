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

LETTER = (612, 792)
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


def ink_of(page: pypdfium2.PdfPage) -> tuple[float, ...]:
    """Left, top, right and bottom of what is drawn on a page, in points from its upper left."""
    drawn = page.render(scale=2).to_pil().convert("L").point(lambda v: 255 * (v < 128)).getbbox()
    assert drawn is not None
    return tuple(edge / 2 for edge in drawn)


def test_text_stays_text_within_the_frame_of_a_letter_page(tmp_path):
    target = placed(pdf("first page", "second page"), tmp_path)

    assert [text_of(target, n) for n in (0, 1)] == ["first page", "second page"]
    assert size_of(target) == LETTER


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_turned_page_is_drawn_upright_and_whole(turned: int, tmp_path):
    source = pdf("turned", Rotate=turned)
    target = placed(source, tmp_path)

    before = pypdfium2.PdfDocument(source)[0]
    width, height = before.get_size()
    scale = min(576 / width, 738 / height)
    left, top = 18 + (576 - width * scale) / 2, 12  # the frame's corner, its sheet centered
    expected = [
        edge * scale + (top if down else left)
        for edge, down in zip(ink_of(before), (0, 1, 0, 1), strict=True)
    ]
    assert ink_of(pypdfium2.PdfDocument(target)[0]) == pytest.approx(expected, abs=1.5)
    assert size_of(target) == LETTER


def test_ledger_page_across_is_turned_into_the_frame(tmp_path):
    """Eleven by seventeen inches, across: upright it would be drawn at less than half its size."""
    source = pdf("wide", size=(1224, 792))
    target = placed(source, tmp_path)

    with Pdf.open(target) as opened:
        drawn = opened.pages[0].obj.Contents.read_bytes().split()
    assert [float(number) for number in drawn[5:9]] == [0, pytest.approx(0.60294), -0.60294, 0]


def test_crop_box_is_what_is_seen(tmp_path):
    data = pdf("x", CropBox=[100, 100, 400, 700])

    with Pdf.open(placed(data, tmp_path)) as opened:
        box = [float(edge) for edge in opened.pages[0].obj.Resources.XObject.Page.BBox]
    assert box == [100, 100, 400, 700]


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


@pytest.mark.parametrize("size", [(5670, 5670), (10, 10), (14400, 100), (100, 14400), (792, 612)])
def test_page_of_any_size_is_drawn_on_a_letter_page(size: tuple[float, float], tmp_path):
    assert size_of(placed(pdf("x", size=size), tmp_path)) == LETTER


@pytest.mark.parametrize("box", [[0, 0, 0, 0], ["a", 1, 2, 3], [5], "none"])
def test_page_without_a_size_is_us_letter(box, tmp_path):
    def break_box(opened: Pdf) -> None:
        value = [pikepdf.String(v) if isinstance(v, str) else v for v in box]
        opened.pages[0].obj.MediaBox = Array(value) if isinstance(box, list) else Name.None_

    with Pdf.open(placed(changed(pdf("x"), break_box), tmp_path)) as opened:
        drawn = [float(edge) for edge in opened.pages[0].obj.Resources.XObject.Page.BBox]
    assert drawn == [0, 0, 612, 792]


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
