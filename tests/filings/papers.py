"""Files that cities send, of every shape, drawn at random for the tests of filings."""

from io import BytesIO
from typing import Any

import pikepdf
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, OutlineItem, String
from PIL import Image

from requests_app.filings.sources import Source, SourceFile
from requests_app.storage import content
from tests.casefile.papers import pdf

SIZES = [(612, 792), (792, 612), (595, 842), (1224, 792), (200, 300), (3000, 3000), (72, 4000)]


def kept(name: str, data: bytes, content_type: str = "application/octet-stream") -> SourceFile:
    """As the desk keeps a file that came."""
    found = content.keep(data)
    return SourceFile(name, content_type, found.size, found.sha256, found.name)


def source(name: str, data: bytes, content_type: str = "application/octet-stream") -> Source:
    return Source(files=(kept(name, data, content_type),))


def form(value: str, *, holds: bytes = b"") -> bytes:
    """A page with a field called "name", as every form has one; with a file in it, if given."""
    out = BytesIO()
    with pikepdf.Pdf.open(BytesIO(pdf("a form"))) as made:
        page = made.pages[0].obj
        look = made.make_stream(f"BT /F 12 Tf 2 4 Td ({value}) Tj ET".encode())
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 20])
        look.Resources = Dictionary(Font=page.Resources.Font)
        field = made.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("name"),
                V=String(value),
                Rect=[100, 100, 300, 120],
                F=4,
                AP=Dictionary(N=made.make_indirect(look)),
            )
        )
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[9, 9, 29, 29], T=String("n"))
        page.Annots = Array([field, made.make_indirect(note)])
        made.Root.AcroForm = Dictionary(Fields=Array([field]))
        with made.open_outline() as outline:
            outline.root.append(OutlineItem("A chapter of its own", 0))
        if holds:
            made.attachments["held.txt"] = holds
        made.save(out)
    return out.getvalue()


def picture(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("L", (width, height), 90).save(out, "PNG", compress_level=1)
    return out.getvalue()


def mail(words: str) -> bytes:
    return (
        "From: Clerk <clerk@stamford.example>\r\nTo: desk@ledger.example\r\n"
        "Subject: Your request\r\nDate: Mon, 2 Nov 2026 10:00:00 -0500\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Dear <b>requester</b>,</p><p>{words}</p>"
    ).encode()


@st.composite
def pdfs(draw: st.DrawFn) -> tuple[str, bytes]:
    count, turned = draw(st.integers(1, 4)), draw(st.sampled_from([0, 90, 180, 270]))
    size = draw(st.sampled_from(SIZES))
    return "paper.pdf", pdf(*("words" for _ in range(count)), size=size, Rotate=turned)


@st.composite
def pictures(draw: st.DrawFn) -> tuple[str, bytes]:
    sides = [1, 2, 90, 600, 2400, 8000]
    width, height = draw(st.sampled_from(sides)), draw(st.sampled_from(sides[:-1]))
    return "picture.png", picture(width, height)


def any_file() -> st.SearchStrategy[tuple[str, bytes]]:
    words = st.text("abc é\n", min_size=1, max_size=400)
    return st.one_of(
        pdfs(),
        pictures(),
        st.sampled_from(["first", "second"]).map(lambda value: ("form.pdf", form(value))),
        st.just(("holds.pdf", form("third", holds=b"held"))),
        words.map(lambda text: ("words.txt", text.encode())),
        words.map(lambda text: ("answer.eml", mail(text))),
        st.sampled_from([("data.csv", b"a,b\n1,2\n"), ("film.mp4", b"\0\0\0\x18ftypmp42")]),
        st.just(("broken.pdf", b"%PDF-1.7 broken")),
    )


TYPES: dict[str, str] = {"eml": "message/rfc822", "txt": "text/plain", "csv": "text/csv"}


def source_of(file: tuple[str, bytes], **fields: Any) -> Source:
    name, data = file
    return source(name, data, TYPES.get(name[-3:], "application/octet-stream"), **fields)
