"""A row's link, written in the transaction of the row.

A chain's head row is held until the transaction ends, so two who write at once stand one behind
the other and no chain forks. Whoever locks many requests one after another writes their links at
the end (`links_at_the_end`): nobody may wait for a request while they hold a head.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import NamedTuple

from django.db import IntegrityError, connection, models, transaction

from requests_app.models.chain.chained_tables import chain_of, digest_of_row, table_of_model
from requests_app.models.chain.hash_chain import ChainEntry, ChainHead, first_hash, linked

BATCH = 1000


class Link(NamedTuple):
    """What enters: into which chain, the row, and its digest."""

    chain: str
    table: str
    row: int
    digest: str


_waiting: ContextVar[list[Link] | None] = ContextVar("links to be written", default=None)

# One statement, so that one who waits for the row goes on from what the other made of it.
ADVANCE = (
    "UPDATE requests_app_chainhead SET length = length + 1, "
    "head = {sha256} WHERE name = %s RETURNING id, length, head"
)
SHA256 = {
    "postgresql": "encode(sha256(convert_to(head || ':' || (length + 1) || ':' || %s, 'UTF8')), "
    "'hex')",
    # A function that Django gives SQLite.
    "sqlite": "SHA256(head || ':' || (length + 1) || ':' || %s)",
}


def append(rows: Iterable[models.Model]) -> None:
    """Links for rows that were just saved, in that order. Two queries for one row."""
    links = [link_of(row) for row in rows]
    waiting = _waiting.get()
    if waiting is not None:
        waiting.extend(links)
    else:
        write_links(links)


def link_of(row: models.Model) -> Link:
    return Link(chain_of(row), table_of_model(type(row)).name, row.pk, digest_of_row(row))


@contextmanager
def links_at_the_end() -> Iterator[None]:
    """Within: links are kept back, and written when it ends. Inside one transaction."""
    if _waiting.get() is not None:
        yield
        return
    waiting: list[Link] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    write_links(waiting)


def write_links(links: list[Link]) -> None:
    if len(links) == 1:
        _write_one(links[0])
        return
    by_chain: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_chain[link.chain].append(link)
    for name in sorted(by_chain):  # always in this order, so that no two wait for each other
        _write_many(name, by_chain[name])


def _write_one(link: Link) -> None:
    advanced = _advance(link)
    if advanced is None:
        _open(link.chain)
        advanced = _advance(link)
    assert advanced is not None
    chain_id, number, head = advanced
    ChainEntry.objects.create(
        chain_id=chain_id,
        number=number,
        table=link.table,
        row=link.row,
        digest=link.digest,
        hash=head,
    )


def _advance(link: Link) -> tuple[int, int, str] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            ADVANCE.format(sha256=SHA256[connection.vendor]),
            [f"{link.table}:{link.row}:{link.digest}", link.chain],
        )
        found = cursor.fetchall()
    return found[0] if found else None


def _write_many(name: str, links: list[Link]) -> None:
    locked = ChainHead.objects.select_for_update(no_key=True).filter(name=name)
    chain = locked.first()
    if chain is None:
        _open(name)
        chain = locked.get()
    for start in range(0, len(links), BATCH):
        entries = []
        for link in links[start : start + BATCH]:
            chain.length += 1
            chain.head = linked(chain.head, chain.length, link.table, link.row, link.digest)
            entries.append(
                ChainEntry(
                    chain=chain,
                    number=chain.length,
                    table=link.table,
                    row=link.row,
                    digest=link.digest,
                    hash=chain.head,
                )
            )
        ChainEntry.objects.bulk_create(entries)
    chain.save(update_fields=["length", "head"])


def _open(name: str) -> None:
    """A chain that begins with its first row, unless another process has begun it meanwhile."""
    with suppress(IntegrityError), transaction.atomic():
        open_chains([name])


def open_chains(names: Iterable[str]) -> None:
    """They begin now, empty. IntegrityError where one of them is there already."""
    ChainHead.objects.bulk_create(ChainHead(name=name, head=first_hash(name)) for name in names)
