"""Files as strangers make them: each is read, or refused with a sentence that says what to do."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from requests_app.research.importing.reading.limits import FileError
from requests_app.research.importing.reading.take_in import TakenIn, take_in

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def taken(path: Path, content: bytes) -> tuple[TakenIn, list[list[object]]]:
    """What was taken in, and its lines of number and cells."""
    path.write_bytes(content)
    into = io.StringIO()
    found = take_in(path, into)
    return found, [json.loads(line) for line in into.getvalue().splitlines()[1:]]


def refusal(path: Path, content: bytes) -> str:
    with pytest.raises(FileError) as refused:
        taken(path, content)
    return str(refused.value)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file"


@pytest.mark.parametrize("delimiter", [b",", b";", b"\t", b"|"])
def test_csv_by_any_delimiter(path: Path, delimiter: bytes):
    found, rows = taken(path, delimiter.join([b"a", b"b"]) + b"\r\n" + b"1" + delimiter + b"2\r\n")

    assert (found.headings, rows) == (("a", "b"), [[2, ["1", "2"]]])


@pytest.mark.parametrize(
    "content",
    ["é,b\n1,2\n".encode(), "é,b\n1,2\n".encode("utf-8-sig"), "é,b\n1,2\n".encode("cp1252"),
     "é,b\n1,2\n".encode("utf-16")],
)  # fmt: skip
def test_its_encoding_is_found(path: Path, content: bytes):
    found, _ = taken(path, content)

    assert found.headings == ("é", "b")


def test_lines_before_the_headings_and_empty_rows_are_left_out(path: Path):
    found, rows = taken(path, b"FOIA log of Springfield\n\na,a,\n" + b"\n" * 1_000_000 + b"1,2,3\n")

    assert found.headings == ("a", "a (2)", "Column 3")
    assert rows == [[1_000_004, ["1", "2", "3"]]]


def test_rows_may_be_ragged(path: Path):
    _, rows = taken(path, b"a,b\n1\n1,2,3\n")

    assert rows == [[2, ["1"]], [3, ["1", "2", "3"]]]


def test_thirty_megabytes_in_one_line(path: Path):
    assert refusal(path, b"a," * 15_000_000).startswith("Line 1 has more than 1,048,576 characters")


def test_a_cell_without_end(path: Path):
    said = refusal(path, b'a,b\n"' + b"x" * 200_000 + b'",2\n')

    assert said.startswith("A cell in row 2 has more than 131,072 characters")


def test_too_many_columns(path: Path):
    assert refusal(path, b"a," * 300 + b"\n").startswith("Row 1 has 301 cells")


def test_a_quotation_mark_that_is_never_closed(path: Path):
    assert refusal(path, b'a,b\n1,"2\n3,4\n') == (
        "A quotation mark is opened in row 2 and never closed: close it."
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b"\n\n ,\n", "The file has no row"),
        (b"a,b\n", "The file has headings and no row"),
        (b"%PDF-1.7", "This is no table"),
        (b"a,b\n\x81,\x8d\n", "The file is neither UTF-8 nor Windows-1252"),
        (b'{"a": 1}\n{"a": \n', "Line 2 is no JSON"),
        (b"{" + b'"a":[' * 100_000 + b"\n", "Line 1 is no JSON"),
        (b"PK\x03\x04 nothing", "The file is damaged or locked"),
        (OLE + b"\0" * 600, "The file could not be read"),
        (b"PAR1" + b"\0" * 60 + b"PAR1", "The file could not be read"),
    ],
)
def test_what_cannot_be_read_says_so(path: Path, content: bytes, said: str):
    assert refusal(path, content).startswith(said)


def test_a_spreadsheet_that_unpacks_to_too_much_is_never_opened(path: Path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"\0" * 100_000_000)

    assert refusal(path, path.read_bytes()).startswith(
        "Unpacked, the spreadsheet is larger than 400 MB"
    )


def test_a_spreadsheet_with_a_cell_at_its_far_end(path: Path):
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "a")
    sheet.write_string(1_048_575, 16_383, "far away")
    book.close()

    assert refusal(path, path.read_bytes()).startswith("Reading the file took more memory or time")


def test_half_a_pair_of_surrogates_is_left_to_its_row(path: Path):
    _, rows = taken(path, b'{"a": "\\ud800", "b": 1}\n')

    assert rows == [[1, ["\ud800", 1]]]


def test_a_heading_with_what_no_database_keeps(path: Path):
    found, _ = taken(path, b'{"a\\u0000": 1, "\\ud800": 2}\n')

    assert found.headings == ("a\ufffd", "\ufffd")
