"""Word documents and spreadsheets: by LibreOffice where it is, else said to be not printed.

A small program in LibreOffice's place shows how it is called, whether this machine has it or not.
"""

import os
import shutil
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from requests_app.casefile.pdf import opening
from requests_app.casefile.pdf.opening import Sheet, open_exhibit
from requests_app.casefile.pdf.tables import Table
from tests.casefile.papers import exhibit, pdf
from tests.casefile.rich import docx, xlsx

SOFFICE = shutil.which("soffice")
with_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed here")
MEMO = docx("Memorandum on the contracts")
BOOK = xlsx(Budget=[("Item", "Dollars"), ("Paint", "1200")], Staff=[("Name", "Post"), ("Ann", "A")])

Program = Callable[[str], None]


@pytest.fixture
def program(settings, tmp_path) -> Program:
    """Puts a program of these lines in LibreOffice's place; `out` and `source` are as it was told.

    What it was called with stands in `told` afterwards.
    """

    def put(lines: str) -> None:
        path = tmp_path / "soffice"
        path.write_text(
            f"#!{sys.executable}\n"
            "import os, sys, time\nfrom pathlib import Path\n"
            f"told = Path({str(tmp_path / 'told')!r})\n"
            "told.write_text('\\n'.join([*sys.argv[1:], *map('='.join, os.environ.items())]))\n"
            "out = Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
            "source = Path(sys.argv[-1])\n" + lines
        )
        path.chmod(0o700)
        settings.OFFICE_PROGRAM = str(path)

    return put


def opened(data: bytes, name: str, tmp_path: Path) -> Sheet:
    folder = tmp_path / "work"
    folder.mkdir()
    return open_exhibit(exhibit(data, name), lambda path: BytesIO(data), folder)


def words_of(path: Path | None) -> str:
    assert path is not None
    shown = pypdfium2.PdfDocument(path)
    text = " ".join(page.get_textpage().get_text_range() for page in shown)
    shown.close()
    return " ".join(text.split())


def test_document_has_the_pages_that_the_program_makes(program: Program, tmp_path):
    program(f"(out / (source.name + '.pdf')).write_bytes({pdf('one', 'two')!r})")

    sheet = opened(MEMO, "memo.docx", tmp_path)

    assert (sheet.kind, sheet.page_count, sheet.reason) == ("Word document", 2, opening.BY_OFFICE)
    assert words_of(sheet.pages) == "one two"
    assert sheet.is_enclosed


def test_program_is_given_a_profile_of_its_own_and_nothing_of_our_environment(
    program: Program, tmp_path, monkeypatch
):
    monkeypatch.setenv("SECRET_KEY", "of the desk")
    program("(out / 'x.pdf').write_bytes(b'')")

    opened(MEMO, "memo.docx", tmp_path)

    told = (tmp_path / "told").read_text().splitlines()
    [profile] = [line for line in told if line.startswith("-env:UserInstallation=file://")]
    [home] = [line.removeprefix("HOME=") for line in told if line.startswith("HOME=")]
    assert profile == f"-env:UserInstallation=file://{home}/profile"
    assert not Path(home).exists()
    assert told[:5] == [
        "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
    ]  # fmt: skip
    assert told[6:9] == ["--convert-to", "pdf", "--outdir"]
    assert "of the desk" not in "\n".join(told)


def test_each_sheet_of_a_workbook_is_a_table(program: Program, tmp_path):
    program(
        "(out / (source.name + '-Budget.csv')).write_text('Item,Dollars\\nPaint,12\\n')\n"
        "(out / (source.name + '-Empty.csv')).write_text('')\n"
    )

    sheet = opened(BOOK, "book.xlsx", tmp_path)

    assert sheet.tables == (Table("Budget", ("Item", "Dollars"), (("Paint", "12"),)),)
    assert sheet.here == "a table, which follows; the file itself is embedded in this PDF"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("sys.exit(1)", "LibreOffice could not read it."),
        ("", "LibreOffice could not read it."),
        ("(out / 'x.pdf').write_bytes(b'no pdf')", "It is damaged: its pages cannot be read."),
    ],
)
def test_document_that_is_not_converted_is_named_with_the_reason(
    program: Program, lines: str, reason: str, tmp_path
):
    program(lines)

    sheet = opened(MEMO, "memo.docx", tmp_path)

    assert (sheet.pages, sheet.reason, sheet.is_enclosed) == (None, reason, True)


def test_program_that_hangs_is_ended_with_all_that_it_started(program: Program, settings, tmp_path):
    settings.OFFICE_SECONDS = 1.0
    program(
        "child = os.fork()\n"
        f"Path({str(tmp_path)!r}, 'pid-' + str(os.getpid())).touch()\n"
        "time.sleep(600)\n"
    )

    sheet = opened(MEMO, "memo.docx", tmp_path)

    assert sheet.reason == "LibreOffice did not open it within 1 seconds."
    pids = [int(path.name.removeprefix("pid-")) for path in tmp_path.glob("pid-*")]
    assert len(pids) == 2
    assert [pid for pid in pids if is_alive(pid)] == []


def is_alive(pid: int) -> bool:
    """What was killed may stand in the list of processes until whoever adopted it looks."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


@pytest.mark.parametrize(("data", "name"), [(MEMO, "memo.docx"), (BOOK, "book.xlsx")])
def test_desk_without_libreoffice_says_that_it_does_not_print_it(
    data: bytes, name: str, settings, tmp_path
):
    settings.OFFICE_PROGRAM = ""

    sheet = opened(data, name, tmp_path)

    assert sheet.reason == "This desk does not print files of this kind."
    assert sheet.is_enclosed


@with_libreoffice
def test_libreoffice_draws_a_word_document(settings, tmp_path):
    settings.OFFICE_PROGRAM = SOFFICE

    sheet = opened(MEMO, "memo.docx", tmp_path)

    assert words_of(sheet.pages) == "Memorandum on the contracts"


@with_libreoffice
def test_libreoffice_gives_a_workbooks_sheets_in_their_order(settings, tmp_path):
    settings.OFFICE_PROGRAM = SOFFICE

    sheet = opened(BOOK, "book.xlsx", tmp_path)

    assert sheet.tables == (
        Table("Budget", ("Item", "Dollars"), (("Paint", "1200"),)),
        Table("Staff", ("Name", "Post"), (("Ann", "A"),)),
    )


@with_libreoffice
def test_libreoffice_fetches_nothing_that_a_document_points_to(settings, tmp_path):
    settings.OFFICE_PROGRAM = SOFFICE
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET

    server = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/spy.png"
        sheet = opened(docx("With a picture", picture_from=address), "memo.docx", tmp_path)
    finally:
        server.shutdown()
        server.server_close()

    assert sheet.page_count == 1
    assert asked == []
