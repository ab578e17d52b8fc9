"""Where a chain stands is printed outside the database, as `--against` reads it."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from requests_app.casefile.pdf import pages
from requests_app.filings import putting_together
from requests_app.filings.putting_together import Binding, BoundExhibit
from requests_app.ledger.chains import KnownHead, heads_in
from requests_app.models import ChainHead, Newsroom, Role
from tests.casefile.papers import book_of, denied
from tests.factories import member, submitted
from tests.reminders.desk import used_to_it
from tests.reminders.test_digest import digest_for
from tests.research.exporting.logs import content_of, exported, full_log

pytestmark = pytest.mark.django_db


def stored(newsroom: Newsroom, book: str = "ledger", on: date | None = None) -> KnownHead:
    row = ChainHead.objects.get(name=f"{book}-{newsroom.pk}")
    return KnownHead(row.name, row.length, row.head[:32], on)


def test_the_morning_digest_names_both():
    editor = used_to_it(member(Role.EDITOR))
    submitted(used_to_it(member(newsroom=editor.membership.newsroom)))

    told = heads_in([digest_for(editor)])

    newsroom = editor.membership.newsroom
    assert told[1].on is not None
    assert told == [stored(newsroom), stored(newsroom, "security", told[1].on)]
    assert told[0].length > 0


def test_a_case_file_names_it_on_its_cover():
    request = denied()
    at_first = stored(request.newsroom)

    dossier = book_of(request)

    assert heads_in([dossier.chain_head]) == [at_first]
    assert at_first.length > 0


def test_a_data_package_names_both_in_its_description_and_its_codebook():
    person = full_log()
    newsroom = person.membership.newsroom
    export = exported(person, "package")

    with zipfile.ZipFile(io.BytesIO(content_of(export))) as package:
        said = json.loads(package.read("datapackage.json"))
        codebook = package.read("CODEBOOK.md").decode()

    both = [stored(newsroom), stored(newsroom, "security", export.asked_at.date())]
    assert heads_in([said["ledger"], said["securityLog"]]) == heads_in([codebook]) == both
    assert both[1].length > 0


def test_a_filing_names_it_under_its_list_of_exhibits(tmp_path: Path):
    head = KnownHead("ledger-3", 1204, "9f" * 16)
    paper = tmp_path / "paper.pdf"
    printed = pages.render("filing/message.html", heading="A paper", head=(), text="Words.")
    paper.write_bytes(printed.pdf)
    exhibit = BoundExhibit(1, "Denial", paper, 1)
    binding = Binding("A", "The Ledger", paper, "Appeal", (exhibit,), chain_head=str(head))

    bound = putting_together.put_together(binding, tmp_path)

    with pypdfium2.PdfDocument(bound.path) as document:
        words = [page.get_textpage().get_text_range() for page in document]
    assert heads_in([" ".join(words[1].split())]) == [head]
    assert "chain ledger" not in words[0] + words[2]
