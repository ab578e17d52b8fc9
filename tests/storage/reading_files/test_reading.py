"""Files of each kind, and files made to do harm: the words, or why there are none."""

import zipfile
from pathlib import Path

import pytest

from requests_app.storage.cage.limits import Limits
from requests_app.storage.reading_files.limits import MOST_TEXT_BYTES
from requests_app.storage.reading_files.read_words import read
from tests.storage.reading_files import files

NO_TIME = Limits(wall_seconds=0)


def test_words_of_a_pdf(tmp_path: Path) -> None:
    found = read(files.pdf(tmp_path / "x", "Towing invoices of 2025"), name="a.pdf")

    assert found.problem == ""
    assert "Towing invoices of 2025" in found.text


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda p: files.docx(p, "First, a fee", "of forty dollars"), "First, a fee\nof forty"),
        (lambda p: files.xlsx(p, "Vendor", "Amount"), "Vendor\nAmount\n41250"),
        (lambda p: files.pptx(p, "Budget 2027"), "Budget 2027\n"),
        (lambda p: files.odt(p, "Records are"), "Records are here\n"),
    ],
)
def test_words_of_office_files(tmp_path: Path, make: object, words: str) -> None:
    assert callable(make)
    found = read(make(tmp_path / "x"), name="no-matter")

    assert found.problem == ""
    assert words in found.text


def test_words_of_plain_text_survive_a_wrong_charset(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"amount,caf\xe9\n")

    assert read(path, name="list.CSV").text == "amount,caf�\n"


@pytest.mark.parametrize("name", ["photo.jpg", "old.doc", ""])
def test_other_kinds_are_left_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"\xff\xd8\xff\xe0 whatever")

    found = read(path, name=name)

    assert (found.text, found.is_other_kind) == ("", True)
    assert "does not read" in found.problem


def test_an_archive_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x", "w") as made:
        made.writestr("secret.txt", "words")

    assert read(tmp_path / "x", name="a.zip").is_other_kind


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n" + b"\x00garbage" * 500, b"%PDF-", b"%PDF-1.4 trailer<</Root 9 0 R>>"]
)
def test_a_broken_pdf_is_a_problem_and_no_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)

    found = read(tmp_path / "x", name="a.pdf")

    assert found.text == ""
    assert found.problem
    assert not found.is_other_kind


def test_broken_xml_is_a_problem_and_no_error(tmp_path: Path) -> None:
    files.archive(tmp_path / "x", word__document="<w:document><unclosed>")

    assert "ParseError" in read(tmp_path / "x", name="a.docx").problem


def test_what_is_too_long_is_cut(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"word " * MOST_TEXT_BYTES)

    found = read(tmp_path / "x", name="a.txt")

    assert found.is_cut
    assert len(found.text.encode()) == MOST_TEXT_BYTES


def test_a_small_archive_that_unfolds_without_end_is_stopped(tmp_path: Path) -> None:
    """A paragraph that never ends is held by the reader, until the process may hold no more."""
    with (
        zipfile.ZipFile(tmp_path / "x", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
        made.open("word/document.xml", "w") as part,
    ):
        part.write(f'<w:document xmlns:w="{files.W}"><w:p><w:r><w:t>'.encode())
        for _ in range(600):
            part.write(b"A" * 1024 * 1024)

    found = read(tmp_path / "x", name="bomb.docx")

    assert (found.text, found.is_cut) == ("", False)
    assert found.problem


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = f'<!DOCTYPE d [<!ENTITY l0 "lol">{levels}]><d><p>&l9;</p></d>'
    files.archive(tmp_path / "x", word__document=document)

    found = read(tmp_path / "x", name="laughs.docx")

    assert found.text == ""
    assert found.problem


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"word")

    assert "within 0 seconds" in read(tmp_path / "x", name="a.txt", limits=NO_TIME).problem
