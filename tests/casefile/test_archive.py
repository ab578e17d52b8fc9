"""The ZIP: everything as it came, each with its hash, the same bytes for the same papers."""

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from requests_app.actions.requests import corrections
from requests_app.casefile import make_case_file
from requests_app.models import CaseFile, Communication, InboundMail, Letter
from requests_app.storage import content
from tests.casefile.papers import EML, SECRET, denied, pdf
from tests.factories import NOW, acting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR = tmp_path


def packed(request, **fields) -> tuple[CaseFile, zipfile.ZipFile]:
    row = CaseFile.objects.create(
        records_request=request, kind="archive", asked_by=request.created_by, **fields
    )
    make_case_file.make(row.pk, now=lambda: NOW)
    row.refresh_from_db()
    assert row.problem == ""
    return row, zipfile.ZipFile(io.BytesIO(Path(row.file.path).read_bytes()))


def test_everything_is_in_it_under_names_in_order():
    request = denied(records_pdf=pdf("one"), table_csv=b"a,b\n")

    _, archive = packed(request)

    assert archive.testzip() is None
    assert archive.namelist() == [
        "case-file.pdf",
        "letters/001-2026-11-02-records-request.pdf",
        "exhibits/001-records.pdf",
        "exhibits/002-table.csv",
        "request.json",
        "ledger.json",
        "ledger.csv",
        "deadlines.json",
        "deadlines.txt",
        "README.txt",
        "SHA256SUMS",
    ]
    letter = Letter.objects.get(records_request=request)
    assert archive.read("letters/001-2026-11-02-records-request.pdf") == bytes(letter.pdf)
    assert archive.read("exhibits/002-table.csv") == b"a,b\n"


def test_manifest_states_the_hash_of_each():
    _, archive = packed(denied(records_pdf=pdf("one")))

    lines = archive.read("SHA256SUMS").decode().splitlines()
    sums = {name: sha256 for sha256, name in (line.split("  ", 1) for line in lines)}

    assert set(sums) == set(archive.namelist()) - {"SHA256SUMS"}
    for name, sha256 in sums.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == sha256


def test_same_papers_are_the_same_bytes():
    request = denied(records_pdf=pdf("one"))

    assert packed(request)[0].sha256 == packed(request)[0].sha256


def test_ledger_is_there_as_json_and_as_a_table():
    _, archive = packed(denied())

    told = json.loads(archive.read("ledger.json"))
    table = list(csv.DictReader(io.StringIO(archive.read("ledger.csv").decode())))
    assert [row["kind"] for row in told][:3] == ["submitted", "sent", "denied"]
    assert [row["kind"] for row in table] == [row["kind"] for row in told]
    assert SECRET not in archive.read("ledger.json").decode()


def test_notes_are_there_where_they_were_chosen():
    _, archive = packed(denied(), has_notes=True)

    assert SECRET in archive.read("ledger.json").decode()
    assert "not meant to leave it" in archive.read("README.txt").decode()


def test_what_was_struck_says_when_in_the_table():
    request = denied()
    entry = request.events.get(kind="denied")
    corrections.strike(entry, why="Another's letter.", **acting(request))

    _, archive = packed(request)

    rows = csv.DictReader(io.StringIO(archive.read("ledger.csv").decode()))
    assert [row["struck_on"] for row in rows if row["kind"] == "denied"] == ["2026-11-02"]


def test_no_cell_of_the_table_is_a_formula():
    request = denied()
    request.created_by.name = "=1+1"
    request.created_by.save()

    _, archive = packed(request)

    rows = csv.DictReader(io.StringIO(archive.read("ledger.csv").decode()))
    assert {row["by"] for row in rows} <= {"'=1+1", ""}


def test_raw_mails_are_in_it_byte_for_byte():
    request = denied()
    name = content.keep(EML, folder="mail/").name
    mail = InboundMail.objects.create(
        raw=name, sha256=hashlib.sha256(EML).hexdigest(), size=len(EML), came_by="pipe"
    )
    event = request.events.latest("pk")
    Communication.objects.create(
        records_request=request, event=event, mail=mail, direction="in", channel="email",
        on=event.on, text="See the file.", filed_at=NOW, filed_by=request.created_by,
    )  # fmt: skip

    _, archive = packed(request)

    assert archive.read("mail/001-2026-11-02.eml") == EML


def test_file_that_is_gone_is_named():
    request = denied(records_pdf=pdf("one"))
    content.path_of(str(request.attachments.get().file)).unlink()

    _, archive = packed(request)

    assert "exhibits/001-records.pdf" in archive.read("MISSING.txt").decode()
