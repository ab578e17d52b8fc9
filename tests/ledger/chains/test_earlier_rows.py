"""What was written before there were chains enters them once, and nothing slips in later."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from config.running.prepare import migrate
from requests_app.ledger.chains import earlier_rows, verify
from requests_app.models import ChainEntry, ChainHead, Event, EventKind, RecordsRequest
from requests_app.models.chain.hash_chain import first_hash
from tests.factories import NOW, TODAY, draft
from tests.ledger.chains.tampering import sql, triggers_off
from tests.ledger.chains.written import write_something_of_each

pytestmark = [pytest.mark.django_db, pytest.mark.tampered]


@contextmanager
def before_there_were_chains() -> Iterator[None]:
    """As the migration leaves a desk that has been at work. The security log came with chains."""
    with triggers_off():
        for head in ChainHead.objects.filter(name__startswith="ledger-"):
            sql("DELETE FROM requests_app_chainentry WHERE chain_id = %s", head.pk)
            head.length, head.head, head.takes_earlier_rows = 0, first_hash(head.name), True
            head.save()
        yield


def note_many(request: RecordsRequest, count: int) -> None:
    Event.objects.bulk_create(
        Event(records_request=request, kind=EventKind.NOTED, on=TODAY, recorded_at=NOW)
        for _ in range(count)
    )


def entries() -> QuerySet[ChainEntry]:
    return ChainEntry.objects.filter(chain__name__startswith="ledger-")


def findings() -> list[Any]:
    names = ChainHead.objects.values_list("name", flat=True)
    return [found for name in names if (found := verify(name).finding)]


def test_rows_enter_and_everything_holds():
    write_something_of_each(erases=False)  # which came with chains
    with before_there_were_chains():
        assert "Rows from before there was a chain" in findings()[0].sentence
        count = earlier_rows.chain_earlier_rows()

        assert count == entries().count() > 20
        assert findings() == []
        assert not earlier_rows.chains_that_take_rows().exists()


def test_they_enter_by_their_instants_and_of_one_table_by_their_keys():
    request = draft()
    with before_there_were_chains():
        earlier_rows.chain_earlier_rows()
        rows = ChainEntry.objects.filter(chain__name=f"ledger-{request.newsroom_id}")

        events = rows.filter(table="event").order_by("number").values_list("row", flat=True)
        assert list(events) == sorted(events)


def test_stopped_half_way_it_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch):
    write_something_of_each(erases=False)  # which came with chains
    monkeypatch.setattr(earlier_rows, "BATCH", 3)
    write, calls = earlier_rows.write_links, []

    def die(links: Any) -> None:
        calls.append(len(links))
        if len(calls) == 3:
            raise KeyboardInterrupt
        write(links)

    with before_there_were_chains():
        monkeypatch.setattr(earlier_rows, "write_links", die)
        with pytest.raises(KeyboardInterrupt):
            earlier_rows.chain_earlier_rows()
        assert entries().count() == 6
        monkeypatch.setattr(earlier_rows, "write_links", write)
        earlier_rows.chain_earlier_rows()

        assert findings() == []


def test_opening_the_desk_goes_on_with_it():
    draft()
    with before_there_were_chains():
        call_command("migrate", verbosity=0)  # puts the triggers back, too
        assert findings() == []
        ChainHead.objects.filter(name="ledger-desk").update(takes_earlier_rows=True)
        assert migrate() == "what was written entered its chain"
        assert migrate() == "up to date"


def test_what_is_slipped_in_later_enters_at_no_upgrade():
    request = draft()
    note_many(request, 2)
    with triggers_off():
        entry = ChainEntry.objects.get(number=1, chain__name=f"ledger-{request.newsroom_id}")
        sql("DELETE FROM requests_app_chainentry WHERE id = %s", entry.pk)
        earlier_rows.chain_earlier_rows()

        assert not ChainEntry.objects.filter(table=entry.table, row=entry.row).exists()
        assert findings()[0].what == "removed"


def test_queries_do_not_grow_with_the_rows():
    request = draft()
    note_many(request, 3)

    def queries() -> int:
        with before_there_were_chains(), CaptureQueriesContext(connection) as asked:
            earlier_rows.chain_earlier_rows()
        return len(asked)

    few = queries()
    note_many(request, 100)

    assert queries() == few
