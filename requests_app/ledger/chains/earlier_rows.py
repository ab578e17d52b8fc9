"""What was written before there were chains enters them, once, in the order of entry.

Row by row of each table in the order of its keys, the tables put together by their instants. A few
hundred rows are held and written at a time; whatever kills it, the next run goes on behind the last
row that entered. When it is through the chain is closed to it: a row that somebody slips in later
does not enter at the next upgrade.
"""

from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from django.apps import apps as current_apps
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, OuterRef, QuerySet

from requests_app.models import ChainEntry, ChainHead
from requests_app.models.chain.appending import Link, write_links
from requests_app.models.chain.chained_tables import CHAINED_TABLES, ChainedTable, digest_of

BATCH = 500
FEW = 20  # rows that bring a letter's PDF with them

Dated = tuple[datetime, str, int, Link]


def chain_after_migrate(*, using: str, **_: Any) -> None:
    """After the last migration, and not after one on the way there."""
    if ChainHead._meta.db_table not in connections[using].introspection.table_names():
        return
    executor = MigrationExecutor(connections[using])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        chain_earlier_rows()


def chains_that_take_rows() -> QuerySet[ChainHead]:
    return ChainHead.objects.filter(takes_earlier_rows=True)


def chain_earlier_rows() -> int:
    """How many entered."""
    return sum(_chain(head) for head in chains_that_take_rows())


def _chain(head: ChainHead) -> int:
    tables = [table for table in CHAINED_TABLES.values() if table.book == head.book]
    rows = merge(*(_links(table, head) for table in tables))
    count = 0
    while some := [link for *_, link in islice(rows, BATCH)]:
        with transaction.atomic():
            write_links(some)
        count += len(some)
    ChainHead.objects.filter(pk=head.pk).update(takes_earlier_rows=False)
    return count


def _links(table: ChainedTable, head: ChainHead) -> Iterator[Dated]:
    """Those that are in no chain yet, by key, a few at a time."""
    last, instant = 0, None
    at_once = FEW if table.by_hash else BATCH
    model = current_apps.get_model("requests_app", table.model)
    while some := list(
        unchained(table, head).filter(pk__gt=last).order_by("pk")
        .values("pk", table.at, *table.columns)[:at_once]
    ):  # fmt: skip
        for values in some:
            last = values["pk"]
            # In the order of their keys, even where a clock was set back.
            instant = max(instant, values[table.at]) if instant else values[table.at]
            digest = digest_of(table, model, values)
            yield instant, table.name, last, Link(head.name, table.name, last, digest)


def unchained(table: ChainedTable, head: ChainHead) -> QuerySet[Any]:
    """The rows that belong into that chain and have no entry in it."""
    rows = rows_of(table, head.newsroom_id)
    entries = ChainEntry.objects.filter(chain__name=head.name, table=table.name, row=OuterRef("pk"))
    missing: QuerySet[Any] = rows.filter(~Exists(entries))
    return missing


def rows_of(table: ChainedTable, newsroom_id: int | None) -> QuerySet[Any]:
    """Those that belong to a newsroom, or to none."""
    rows: QuerySet[Any] = current_apps.get_model("requests_app", table.model)._base_manager.all()
    if table.newsroom and not (newsroom_id is None and table.is_also_the_desks):
        return rows.filter(**{table.newsroom: newsroom_id}) if newsroom_id else rows.none()
    if newsroom_id is not None:
        return rows.none()
    return rows.filter(**{table.newsroom: None}) if table.newsroom else rows
