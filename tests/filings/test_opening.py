"""What becomes of each file when it is added: pages, or a slip sheet and the file beside."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from requests_app.casefile.pdf.place_in_cage import place
from requests_app.filings import FilingError, opening
from requests_app.filings.opening import Opened, open_source
from requests_app.filings.sources import Source, SourceFile
from requests_app.storage import content
from requests_app.storage.cage.limits import Limits
from tests.casefile.papers import EML, jpeg, pdf
from tests.filings.drafts import Read
from tests.filings.papers import form, kept, mail, picture, source

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def reasons(opened: Opened) -> list[tuple[str, str]]:
    return [(file["name"], file["reason"]) for file in opened.beside]


def encrypted() -> bytes:
    out = BytesIO()
    with pikepdf.Pdf.open(BytesIO(pdf("secret"))) as made:
        made.save(out, encryption=pikepdf.Encryption(user="u", owner="o"))
    return out.getvalue()


def test_pdf_is_placed_by_a_process_of_its_own(tmp_path: Path):
    opened = open_source(source("paper.pdf", pdf("one", "two")), tmp_path)

    assert (opened.page_count, opened.beside) == (2, ())
    assert Read(opened.path).texts == ["one", "two"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("locked.pdf", encrypted(), "It is encrypted, and cannot be opened without its password."),
        ("broken.pdf", b"%PDF-1.7 broken", "It is damaged: its pages cannot be read."),
        ("sheet.xlsx", b"PK\x03\x04xl/", "A file of this kind has no pages."),
        ("film.mp4", b"\0\0\0\x18ftypmp42", "A file of this kind has no pages."),
        ("data.csv", b"a,b\n1,2\n", "A table of data is read in a spreadsheet, not on pages."),
        ("half.jpg", jpeg()[:300], "It is damaged: it cannot be read as a picture."),
    ],
    ids=["locked", "broken", "sheet", "film", "table", "half"],
)
def test_file_without_pages_has_a_slip_sheet_and_goes_beside(
    name: str, data: bytes, reason: str, tmp_path: Path
):
    opened = open_source(source(name, data), tmp_path)

    assert reasons(opened) == [(name, reason)]
    (slip,) = Read(opened.path).texts
    said = slip.replace(" ", "")
    for words in (name, reason, f"{len(data):,} bytes", sha256(data).hexdigest()):
        assert words.replace(" ", "") in said


def test_files_within_a_pdf_are_not_lost_in_silence(tmp_path: Path):
    opened = open_source(source("holds.pdf", form("v", holds=b"held")), tmp_path)

    why = "It holds one file within it, which its pages do not show."
    assert reasons(opened) == [("holds.pdf", why)]
    assert opened.page_count == 2  # its page, and the slip sheet


def test_mail_shows_its_head_and_its_words_and_goes_beside_as_it_came(tmp_path: Path):
    raw = EML.replace(b"Subject:", b"Cc: Counsel <law@stamford.example>\r\nSubject:")
    original = kept("message.eml", raw, "message/rfc822")
    opened = open_source(Source(original=original, zone="America/New_York"), tmp_path)

    (page,) = Read(opened.path).texts
    for words in (
        "From Clerk <clerk@stamford.example>",
        "To desk@ledger.example",
        "Cc Counsel <law@stamford.example>",
        "Date Monday, November 2, 2026, 10:00 a.m. EST",
        "Subject Your request – answer",
        "We have nothing to add.",
    ):
        assert words in page
    assert "alert" not in page
    assert reasons(opened) == [("message.eml", "")]
    assert content.read_whole(original.stored, sha256=original.sha256) == raw


def test_message_is_followed_by_the_files_it_brought(tmp_path: Path):
    made_of = Source(
        original=kept("message.eml", mail("Denied."), "message/rfc822"),
        files=(kept("a.pdf", pdf("a")), kept("b.csv", b"a,b\n")),
    )

    opened = open_source(made_of, tmp_path)

    starts = [text.split()[0] for text in Read(opened.path).texts]
    assert starts == ["E-mail", "a", "b.csv"]
    assert [name for name, _ in reasons(opened)] == ["message.eml", "b.csv"]


def test_picture_of_eight_thousand_pixels_is_one_page(tmp_path: Path):
    assert open_source(source("scan.png", picture(8000, 2000)), tmp_path).page_count == 1


def test_text_that_is_too_long_to_be_printed_whole_goes_beside_too(tmp_path: Path):
    opened = open_source(source("log.txt", b"a line\n" * 4000, "text/plain"), tmp_path)

    assert reasons(opened) == [
        ("log.txt", "Only its first 3,000 lines are printed; the whole is in the file.")
    ]


def test_file_that_was_changed_where_it_is_kept_is_not_filed(tmp_path: Path):
    made_of = source("paper.pdf", pdf("one"))
    content.path_of(made_of.files[0].stored).write_bytes(b"another")

    with pytest.raises(FilingError, match="is no longer what was kept"):
        open_source(made_of, tmp_path)


def test_file_that_is_kept_apart_is_not_filed(tmp_path: Path):
    apart = SourceFile("bad.pdf", "application/pdf", 1, "0", "nowhere", "The scanner found Eicar.")

    with pytest.raises(FilingError, match=r"“bad.pdf” is kept apart .* The scanner found Eicar"):
        open_source(Source(files=(apart,)), tmp_path)


def test_file_that_takes_too_long_goes_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        opening,
        "place",
        lambda *given, kind: place(*given, kind=kind, limits=Limits(wall_seconds=0)),
    )

    opened = open_source(source("paper.pdf", pdf("one")), tmp_path)

    assert reasons(opened) == [("paper.pdf", "Its pages could not be drawn within 0 seconds.")]
