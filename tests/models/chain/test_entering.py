"""Every row of a chained table enters its chain as it is written, in the order of entry."""

import threading
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from requests_app import ledger
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.chains import verify
from requests_app.models import ChainEntry, ChainHead, Event, EventKind, InboundMail, Newsroom
from requests_app.models.chain.appending import links_at_the_end
from requests_app.models.chain.chained_tables import CHAINED_TABLES, LEDGER
from requests_app.models.chain.hash_chain import first_hash
from requests_app.models.guards.protected_tables import PROTECTED_TABLES
from tests.factories import NOW, TODAY, NewsroomFactory, draft, member
from tests.ledger.chains.written import came, write_something_of_each

pytestmark = pytest.mark.django_db


def noted(request: Any, text: str = "a", **fields: Any) -> Event:
    given = {"on": TODAY, "recorded_at": NOW, "data": {"text": text}, **fields}
    return Event(records_request=request, kind=EventKind.NOTED, **given)


def chain_of(newsroom: Newsroom) -> ChainHead:
    return ChainHead.objects.get(name=f"ledger-{newsroom.pk}")


def entered(newsroom: Newsroom) -> list[tuple[str, int]]:
    entries = chain_of(newsroom).entries.order_by("number")
    return list(entries.values_list("table", "row"))


@pytest.mark.parametrize("table", CHAINED_TABLES.values(), ids=lambda table: table.name)
def test_each_field_is_hashed_or_may_change(table: Any):
    """A new column of a chained table is named in one of the two lists."""
    model = apps.get_model("requests_app", table.model)
    [guard] = [guard for guard in PROTECTED_TABLES if guard.model == table.model]
    fields = {field.name: field.attname for field in model._meta.concrete_fields}
    stay = guard.kept or [name for name in fields if name not in guard.may_change]

    assert {fields[name] for name in stay} == set(table.columns)


def test_what_is_written_of_each_kind_enters_the_chain_of_its_newsroom():
    first, second = write_something_of_each()

    of_ledgers = {name for name, table in CHAINED_TABLES.items() if table.book == LEDGER}
    of_the_desk = {"mail", "raw_removal"}
    assert {table for table, _ in entered(first)} == of_ledgers - of_the_desk
    assert {table for table, _ in entered(second)} >= {"event", "letter"}
    for newsroom in (first, second):
        assert verify(f"ledger-{newsroom.pk}").finding is None
    desk = ChainEntry.objects.filter(chain__name="ledger-desk").order_by("number")
    assert set(desk.values_list("table", flat=True)) == of_the_desk
    assert list(desk.filter(table="mail").values_list("row", flat=True)) == list(
        InboundMail.objects.order_by("pk").values_list("pk", flat=True)
    )


def test_order_is_that_of_entry_and_not_of_the_days():
    request = draft()
    later = noted(request)
    later.save()
    earlier = noted(request, on=TODAY.replace(year=2020))
    earlier.save()

    assert entered(request.newsroom)[-2:] == [("event", later.pk), ("event", earlier.pk)]


def test_rows_written_in_bulk_enter_in_their_order():
    request = draft()
    rows = Event.objects.bulk_create([noted(request, str(number)) for number in range(3)])

    assert entered(request.newsroom)[-3:] == [("event", row.pk) for row in rows]
    assert verify(chain_of(request.newsroom).name).finding is None


def test_rows_in_bulk_that_might_be_passed_over_are_refused():
    with pytest.raises(TypeError, match="written anew"):
        Event.objects.bulk_create([noted(draft())], ignore_conflicts=True)


def test_what_is_rolled_back_never_entered():
    request = draft()
    before = chain_of(request.newsroom)

    with pytest.raises(RuntimeError), transaction.atomic():
        noted(request).save()
        raise RuntimeError

    after = chain_of(request.newsroom)
    assert (after.length, after.head) == (before.length, before.head)


def test_an_event_costs_two_queries_more():
    request = draft()
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        noted(request).save()

    about = [query["sql"] for query in asked if "chain" in query["sql"]]
    assert len(about) == 2, about


def test_recording_an_event_costs_two_queries_more():
    """The event, what the clocks follow from, headline and log cost what they did."""
    request = draft()
    occasion = ledger.Occasion(Attribution(request.created_by, NOW), data={"text": "a"})
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        ledger.record(request, EventKind.NOTED, occasion)

    chained = [query for query in asked if "chain" in query["sql"]]
    assert len(chained) == 2


def test_a_newsroom_begins_with_its_two_chains():
    newsroom = NewsroomFactory.create()

    heads = {row.name: (row.length, row.head) for row in ChainHead.objects.all()}
    for name in (f"ledger-{newsroom.pk}", f"security-{newsroom.pk}"):
        assert heads[name] == (0, first_hash(name))


def test_two_newsrooms_begin_otherwise():
    assert first_hash("ledger-1") != first_hash("ledger-2")


def test_links_kept_to_the_end_are_written_in_order():
    request = draft()
    before = chain_of(request.newsroom).length
    with transaction.atomic(), links_at_the_end():
        rows = [noted(request, str(number)) for number in range(3)]
        for row in rows:
            row.save()
        assert chain_of(request.newsroom).length == before

    assert entered(request.newsroom)[-3:] == [("event", row.pk) for row in rows]


def test_links_kept_to_the_end_are_not_written_where_it_fails():
    request = draft()
    before = chain_of(request.newsroom).length
    with pytest.raises(RuntimeError), transaction.atomic(), links_at_the_end():
        noted(request).save()
        raise RuntimeError

    noted(request).save()
    assert chain_of(request.newsroom).length == before + 1


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_make_one_chain():
    """Eight threads, each on a connection of its own; a database in memory has no second one."""
    if connection.vendor == "sqlite":
        pytest.skip("of SQLite, tests/ledger/chains/test_concurrent.py")
    person = member()
    requests = [draft(person) for _ in range(8)]
    start, written = threading.Barrier(8), list[Any]()

    def write(request: Any) -> None:
        try:
            start.wait(timeout=30)
            for number in range(10):
                with transaction.atomic():
                    noted(request, str(number)).save()
            written.append(request)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[request]) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert len(written) == 8
    name = chain_of(person.membership.newsroom).name
    verdict = verify(name)
    assert (verdict.finding, verdict.entries) == (None, Event.objects.count())


def test_mail_of_nobody_yet_is_in_the_desks_own_chain():
    mail = came(1)

    entry = ChainEntry.objects.select_related("chain").get(table="mail", row=mail.pk)
    assert entry.chain.name == "ledger-desk"
