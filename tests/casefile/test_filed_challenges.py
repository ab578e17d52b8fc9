"""A challenge that was filed: the case file prints all of it, the ZIP holds every file of it."""

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from requests_app.casefile import make_case_file
from requests_app.filings import checks
from requests_app.models import CaseFile, Filing
from requests_app.storage import content
from tests.casefile.papers import book_of, make, row
from tests.factories import NOW
from tests.filings.drafts import Read, denied_by_mail, document_of, drafted, filed

pytestmark = pytest.mark.django_db
STAMP = re.compile(r"no\. \d+, as filed · \S+ page (\d+) of \d+$")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def filing() -> Filing:
    return filed(drafted(denied_by_mail())).letter.filing


def archive_of(filing: Filing) -> zipfile.ZipFile:
    made = row(filing.letter.records_request, "archive")
    made.save()
    make_case_file.make(made.pk, now=lambda: NOW)
    made = CaseFile.objects.get(pk=made.pk)
    assert made.problem == ""
    return zipfile.ZipFile(io.BytesIO(Path(made.file.path).read_bytes()))


def files_of_filing(archive: zipfile.ZipFile) -> dict[str, bytes]:
    return {
        name.split("/")[-1]: archive.read(name)
        for name in archive.namelist()
        if name.startswith("filings/002-2026-11-02-appeal/")
    }


def test_zip_holds_the_whole_filing_and_its_manifest(filing: Filing):
    files = files_of_filing(archive_of(filing))

    assert sorted(files) == [
        "Exhibit 2 - message.eml",
        filing.document.name,
        "manifest.json",
    ]
    assert files[filing.document.name] == document_of(filing)
    assert json.loads(files["manifest.json"]) == filing.manifest


def test_zip_holds_exhibits_that_went_as_files_of_their_own(monkeypatch):
    monkeypatch.setattr(checks, "wants_separate_files", lambda route: True)
    filing = filed(drafted(denied_by_mail())).letter.filing

    files = files_of_filing(archive_of(filing))

    alone = {line["separate"]["name"]: line["separate"]["sha256"] for line in filing.manifest}
    assert len(alone) == 2
    assert {name: hashlib.sha256(files[name]).hexdigest() for name in alone} == alone


def test_case_file_prints_the_filing_page_by_page_behind_its_letter(filing: Filing, tmp_path):
    request, whole = filing.letter.records_request, Read(document_of(filing))

    made = Read(make(book_of(request), tmp_path))

    letter_pages = filing.letter.page_count
    behind = whole.texts[letter_pages:]
    first = next(n for n, text in enumerate(made.texts) if behind[0] in text)
    printed = made.texts[first : first + len(behind)]
    assert [own in text for own, text in zip(behind, printed, strict=True)] == [True] * len(behind)
    assert [int(STAMP.search(text)[1]) for text in printed] == [  # type: ignore[index]
        first + 1 + n for n in range(len(behind))
    ]


def test_each_exhibit_of_the_filing_has_a_bookmark_and_a_link(filing: Filing, tmp_path):
    request = filing.letter.records_request
    made = Read(make(book_of(request), tmp_path))

    pages = {page.obj.objgen: number for number, page in enumerate(made.pdf.pages)}
    with made.pdf.open_outline() as outline:
        [challenge] = [
            item
            for top in outline.root
            for entry in top.children
            for item in entry.children
            if item.title == "Its exhibits, as filed"
        ]
        marks = {item.title: pages[item.destination[0].objgen] for item in challenge.children}  # type: ignore[index]
    for line in filing.manifest:
        page = marks[f"Exhibit {line['number']} as filed: {line['title']}"]
        assert f"Exhibit {line['number']} · page 1 of {line['page_count']}" in made.texts[page]


def test_original_that_went_beside_is_an_exhibit_of_the_case_file(filing: Filing):
    dossier = book_of(filing.letter.records_request)

    [challenge] = [entry for entry in dossier.entries if entry.kind == "appeal_filed"]

    assert [dossier.exhibit(number).name for number in challenge.exhibits] == [
        "Exhibit 2 - message.eml"
    ]


def test_filing_that_is_no_longer_what_was_filed_stops_the_making(filing: Filing):
    content.path_of(str(filing.document.file)).write_bytes(b"%PDF-1.7 other")
    made = row(filing.letter.records_request)
    made.save()

    make_case_file.make(made.pk, now=lambda: NOW)

    made.refresh_from_db()
    assert made.problem.startswith("The filing of “")
    assert "is not what was issued" in made.problem


def test_file_that_is_damaged_is_named_and_not_packed(filing: Filing):
    stored = filing.letter.enclosures.get(attachment__name="Exhibit 2 - message.eml").attachment
    content.path_of(str(stored.file)).write_bytes(b"another message")

    archive = archive_of(filing)

    named = archive.read("MISSING.txt").decode()
    assert (
        f"filings/002-2026-11-02-appeal/Exhibit 2 - message.eml (SHA-256 {stored.sha256})" in named
    )
    assert not [name for name in archive.namelist() if name.endswith("message.eml")]
