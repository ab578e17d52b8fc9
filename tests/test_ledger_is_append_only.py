"""Nobody changes or deletes what was written: not the code, not the admin, not SQL."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from requests_app.models import Event, EventKind, Letter, RecordsRequest
from requests_app.models.event import LedgerIsAppendOnlyError
from requests_app.models.letter import LetterIsFrozenError
from tests.factories import submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_() -> RecordsRequest:
    return submitted()


def test_event_cannot_be_saved_again(request_: RecordsRequest):
    event = request_.events.first()
    event.data = {"text": "it never happened"}

    with pytest.raises(LedgerIsAppendOnlyError):
        event.save()


def test_event_cannot_be_deleted(request_: RecordsRequest):
    with pytest.raises(LedgerIsAppendOnlyError):
        request_.events.first().delete()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_events_cannot_be_changed_in_bulk(request_: RecordsRequest, act: str):
    with pytest.raises(LedgerIsAppendOnlyError):
        getattr(Event.objects.all(), act)()


def test_issued_letter_cannot_be_saved_again(request_: RecordsRequest):
    letter = request_.letters.get()
    letter.text = "We ask for nothing."

    with pytest.raises(LetterIsFrozenError):
        letter.save()


@pytest.mark.parametrize("table", [Event._meta.db_table, Letter._meta.db_table])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"])
def test_database_refuses_sql(request_: RecordsRequest, table: str, sql: str):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql.format(table))


@pytest.mark.parametrize("table", [Event._meta.db_table, Letter._meta.db_table])
def test_database_refuses_to_empty_the_table(request_: RecordsRequest, table: str):
    # What is deferred to the end of the transaction would refuse TRUNCATE first, on other grounds.
    truncate = f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE"
    statement = truncate if connection.vendor == "postgresql" else None
    if statement is None:  # SQLite has no TRUNCATE: emptying is the DELETE above
        statement = f"DELETE FROM {table} WHERE true"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


def test_request_with_a_ledger_cannot_be_deleted(request_: RecordsRequest):
    with pytest.raises(ProtectedError):
        request_.delete()

    assert request_.events.filter(kind=EventKind.SUBMITTED).exists()
