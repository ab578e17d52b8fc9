"""The database's own indexes: in step with the rows, whatever is in them, on either database."""

import pytest
from django.db import connection

from requests_app.models import FileText, InboundMail, RecordsRequest, TextStage
from requests_app.search import postgresql_indexes, sqlite_indexes
from requests_app.search.indexes import FILES, INDEXES, MAIL, REQUESTS
from requests_app.search.installing import install
from requests_app.search.says import says
from requests_app.search.words import SearchWords
from tests.factories import draft
from tests.inbound.messages import message, taken_in

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[str]:
    saying = says(REQUESTS, SearchWords.read(typed))
    return sorted(RecordsRequest.objects.filter(saying).values_list("subject", flat=True))


def file_text(text: str) -> FileText:
    return FileText.objects.create(
        sha256=f"{FileText.objects.count():064}", stored="x", stage=TextStage.READ, text=text
    )


def files_that_say(typed: str) -> int:
    return FileText.objects.filter(says(FILES, SearchWords.read(typed))).count()


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("towing", True),
        ("TOW", True),
        ("tows", True),
        ("owing", False),
        ("towers", False),
        ("invo", True),
        ("invoicing", True),
        ("towing invoices", True),
        ("invoices towing", True),
        ('"towing invoices"', True),
        ('"invoices towing"', False),
        ("towing -invoices", False),
        ("towing -parking", True),
        ("the", True),
        ("2026-27", True),
        ("27", True),
        ("O'Brien", True),
        ("brien", True),
        ("police.gov", True),
        ("gov", True),
        ("50%", True),
    ],
)
def test_both_databases_find_the_same(typed: str, is_found: bool) -> None:
    subject = "The towing invoices of O'Brien, 2026-27, chief@police.gov, 50%off"
    draft(subject=subject)
    draft(subject="Something else")

    assert (subject in found(typed)) is is_found


def test_index_follows_what_is_changed_and_what_is_deleted() -> None:
    request = draft(subject="Towing invoices")
    request.subject = "Parking meters"
    request.save()
    read = file_text("Harbor Towing")
    FileText.objects.filter(pk=read.pk).update(text="Harbor Parking")

    assert (found("towing"), found("parking")) == ([], ["Parking meters"])
    assert (files_that_say("towing"), files_that_say("parking")) == (0, 1)
    read.delete()
    assert files_that_say("parking") == 0


def test_words_of_a_long_file_are_found_wherever_they_stand() -> None:
    """Also where two passages of PostgreSQL's index meet."""
    passage = postgresql_indexes.PASSAGE
    text = "x " * (passage // 2 - 4) + "harbor towing " + "y " * passage + "the end"
    file_text(text)

    assert files_that_say('"harbor towing"') == 1
    assert files_that_say('"the end"') == 1
    assert files_that_say("z") == 0


@pytest.mark.parametrize(
    "worst",
    [
        " ".join(f"w{number}" for number in range(200_000)),
        " ".join(chr(0x20000 + number) for number in range(40_000)),
        "".join(chr(0x20000 + number) for number in range(40_000)),
        "x" * 2_000_000,
    ],
    ids=["200,000 words", "40,000 letters", "one word of 40,000", "one word of two million"],
)
def test_mail_of_any_words_is_kept(worst: str) -> None:
    """PostgreSQL refuses a row whose words are more than a megabyte."""
    mail = taken_in(message(subject="Towing", text=worst))

    assert worst.startswith(mail.text.strip()[:900_000])  # a message of megabytes is cut short
    saying = says(MAIL, SearchWords.read("towing"))
    assert list(InboundMail.objects.filter(saying)) == [mail]
    file_text(worst)


def test_indexes_that_stand_are_not_made_again() -> None:
    before = standing()

    install(using="default")

    assert standing() == before


def test_index_that_is_gone_is_made_again_from_its_rows() -> None:
    draft(subject="Towing invoices")
    file_text("Harbor Towing")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no index is made while one waits
        for index in INDEXES:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {index.name}_added")
                cursor.execute(f"INSERT INTO {index.name} ({index.name}) VALUES ('delete-all')")
            else:
                cursor.execute(f"DROP TABLE {index.name}")

    install(using="default")

    assert found("towing") == ["Towing invoices"]
    assert files_that_say("towing") == 1
    draft(subject="Towing again")
    assert found("towing") == ["Towing again", "Towing invoices"]


def test_index_of_other_statements_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = standing()
    monkeypatch.setattr(postgresql_indexes, "PASSAGE", 1000)
    monkeypatch.setattr(
        sqlite_indexes, "TOKENIZER", "porter unicode61 remove_diacritics 0", raising=True
    )

    install(using="default")

    assert standing() != before


def standing() -> dict[str, str]:
    """What there is of the indexes, and from what each was made."""
    if connection.vendor == "sqlite":
        sql = "SELECT name, sql FROM sqlite_master WHERE name LIKE 'search_%' AND type <> 'index'"
    else:
        sql = """SELECT relname, oid || obj_description(oid, 'pg_class') FROM pg_class
                 WHERE relname LIKE 'search_%' AND relkind IN ('i', 'r')"""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return dict(cursor.fetchall())
