"""That a chain is what its rows give, from the first to the last, or which entry is the first that
is not.

Each row's digest is computed again from the row, each link's hash from the links before it; only
heads that were kept elsewhere are taken at their word, and of a row that was erased the digests
that entered the chain with its erasing. A few hundred entries are held at a time,
however many there are, and nobody who writes meanwhile waits.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from requests_app.ledger.chains.chain_heads import KnownHead
from requests_app.ledger.chains.earlier_rows import FEW, unchained
from requests_app.ledger.chains.erased_digests import NOT_THE_NOTICE, digest_before_erasing
from requests_app.ledger.chains.findings import Finding
from requests_app.ledger.chains.log_cuts import (
    held_against_cuts,
    stated_cuts,
    untold_sentence,
    wrongly_cut,
)
from requests_app.ledger.erasing import erased_rows
from requests_app.models import ChainEntry, ChainHead, SecurityLogCut
from requests_app.models.chain.chained_tables import CHAINED_TABLES, ChainedTable, digest_of
from requests_app.models.chain.hash_chain import first_hash, linked

BATCH = 500
UNREADABLE = "unreadable"
BROKEN = (ValueError, TypeError, ValidationError, DatabaseError, OverflowError)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One chain as its rows give it: how many entries hold, the head after them, what is wrong.

    Of a log that was cut `cut_at` is the last entry that went, and `before_the_cut` says of each
    head from before it that nothing can be said.
    """

    chain: str
    entries: int
    head: str
    finding: Finding | None
    cut_at: int = 0
    before_the_cut: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return self.finding is None


def verify(name: str, against: Collection[KnownHead] = ()) -> Verdict:
    """One chain by its name, held against heads of it that were kept elsewhere."""
    known = [one for one in against if one.chain == name]
    head = ChainHead.objects.filter(name=name).first()
    if head is None:
        return _without_a_head(name, known)
    while True:
        cuts = stated_cuts(head)
        verdict = _verdict(head, cuts, known)
        if verdict.is_whole or stated_cuts(head) == cuts:  # else it was cut while we read
            return verdict


def _verdict(
    head: ChainHead, cuts: Sequence[SecurityLogCut], known: Sequence[KnownHead]
) -> Verdict:
    at = cuts[0].number if cuts else 0
    untold, finding = held_against_cuts(cuts, known)
    walk = _Walk(head, [one for one in known if one.length > at or not at], cuts)
    finding = finding or wrongly_cut(head, cuts) or walk.finding() or _slipped_in(head)
    said = tuple(untold_sentence(one, cuts) for one in untold)
    return Verdict(head.name, walk.number, walk.hash, finding, at, said)


def _without_a_head(name: str, known: Sequence[KnownHead]) -> Verdict:
    """The desk's own begins with its first row; a newsroom's was made with the newsroom."""
    empty = ChainHead(name=name, head=first_hash(name))
    finding = None
    if empty.newsroom_id is not None or known or _slipped_in(empty):
        sentence = f"The chain {name} is gone: no head of it is stored."
        finding = Finding("removed", 0, sentence)
    return Verdict(name, 0, empty.head, finding)


class _Walk:
    """Along the entries, from the latest cut on: `number` and `hash` are of the last that holds."""

    def __init__(
        self, head: ChainHead, known: Sequence[KnownHead], cuts: Sequence[SecurityLogCut]
    ) -> None:
        self.stored = head
        self.against = sorted(known, key=lambda known: known.length)
        self.number, self.hash = 0, first_hash(head.name)
        if cuts:
            self.number, self.hash = cuts[0].number, cuts[0].head

    def finding(self) -> Finding | None:
        if found := self._other_than_known():
            return found
        while True:
            self.stored.refresh_from_db()
            for batch in self._batches():
                digests = _digests_of(batch)
                for entry in batch:
                    found = self._wrong(entry, digests) or self._other_than_known()
                    if found:
                        return found
            extra = self._first_behind()
            # The head read after it: whoever adds commits both at once.
            if extra is None or extra.number > ChainHead.objects.get(pk=self.stored.pk).length:
                return self._wrong_end(extra)

    def _batches(self) -> Iterator[list[ChainEntry]]:
        """Up to where the stored head says that it ends, in the order of their numbers."""
        last: int | None = None if self.number == 0 else self.number
        entries = ChainEntry.objects.filter(chain=self.stored, number__lte=self.stored.length)
        while True:
            rest = entries if last is None else entries.filter(number__gt=last)
            batch = list(rest.order_by("number")[:BATCH])
            if not batch:
                return
            yield batch
            last = batch[-1].number

    def _wrong(self, entry: ChainEntry, digests: dict[tuple[str, int], str]) -> Finding | None:
        expected = self.number + 1
        if entry.number > expected:
            return Finding("removed", expected, f"Entry {expected:,} was removed.")
        if entry.number < expected:
            return Finding("slipped in", entry.number, f"{_named(entry)} was slipped in.")
        digest = digests.get((entry.table, entry.row))
        if digest is None:
            return Finding(
                "removed", expected, f"{_named(entry)} was removed: its row is not there."
            )
        if digest == NOT_THE_NOTICE:
            return Finding(
                "changed",
                expected,
                f"{_named(entry)} was erased by law, and is neither what was entered nor what the "
                "erasing left of it.",
            )
        if digest == UNREADABLE:
            return Finding("changed", expected, f"{_named(entry)} was changed: it cannot be read.")
        if digest != entry.digest:
            return Finding(
                "changed", expected, f"{_named(entry)} was changed: it is not what was entered."
            )
        link = linked(self.hash, expected, entry.table, entry.row, digest)
        if link != entry.hash:
            return Finding(
                "out of order",
                expected,
                f"{_named(entry)} does not follow from the entry before it: one of the two was "
                "changed, put elsewhere or slipped in.",
            )
        self.number, self.hash = expected, link
        return None

    def _other_than_known(self) -> Finding | None:
        while self.against and self.against[0].length <= self.number:
            known = self.against.pop(0)
            if known.length == self.number and not self.hash.startswith(known.head):
                return Finding(
                    "changed",
                    known.length,
                    f"At entry {known.length:,} the head was {known.head[:16]}… when it was kept "
                    f"elsewhere, and is {self.hash[:16]}… now: what stands at or before it was "
                    "written anew.",
                )
        return None

    def _first_behind(self) -> ChainEntry | None:
        """Added while we read; or slipped in, if the stored head knows nothing of it."""
        behind = ChainEntry.objects.filter(chain=self.stored, number__gt=self.number)
        return behind.order_by("number").first()

    def _wrong_end(self, extra: ChainEntry | None) -> Finding | None:
        if extra:
            return Finding(
                "slipped in",
                extra.number,
                f"{_named(extra)} was slipped in: it stands behind the chain's own end.",
            )
        longest = max([self.stored.length, *(known.length for known in self.against)])
        if longest > self.number:
            first = self.number + 1
            return Finding(
                "cut off",
                first,
                f"The chain had {longest:,} entries and ends after {self.number:,}: entry "
                f"{first:,} and what came after it was cut off.",
            )
        if self.stored.head != self.hash:
            return Finding(
                "changed",
                self.number,
                f"The stored head is not the last entry's: entry {self.number:,} was changed, or "
                "the head was.",
            )
        return None


def _slipped_in(head: ChainHead) -> Finding | None:
    """A row that never entered the chain."""
    if head.takes_earlier_rows:
        return Finding(
            "not entered",
            head.length + 1,
            "Rows from before there was a chain have not entered it yet: run manage.py "
            "chain_ledger.",
        )
    for table in CHAINED_TABLES.values():
        if table.book != head.book:
            continue
        row = unchained(table, head).order_by("pk").values_list("pk", flat=True).first()
        if row is not None:
            return Finding(
                "slipped in",
                head.length + 1,
                f"The {table.words} with the number {row} was slipped in: it never entered the "
                "chain, or its entry was removed.",
            )
    return None


def _named(entry: ChainEntry) -> str:
    table = CHAINED_TABLES.get(entry.table)
    words = table.words if table else f"“{entry.table}”"
    return f"Entry {entry.number:,} ({words} {entry.row})"


def _digests_of(batch: Sequence[ChainEntry]) -> dict[tuple[str, int], str]:
    """What the rows of those entries give now, by table and key; without those that are gone."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for entry in batch:
        wanted[entry.table].append(entry.row)
    found: dict[tuple[str, int], str] = {}
    for name, keys in wanted.items():
        if table := CHAINED_TABLES.get(name):
            found.update(_digests_in(table, keys))
    return found


def _digests_in(table: ChainedTable, keys: Sequence[int]) -> Iterator[tuple[tuple[str, int], str]]:
    """Letters bring their PDFs: of those a few at a time."""
    at_once = FEW if table.by_hash else BATCH
    for start in range(0, len(keys), at_once):
        some = keys[start : start + at_once]
        try:
            yield from list(_computed(table, some))
        except BROKEN:
            for key in some:
                try:
                    yield from list(_computed(table, [key]))
                except BROKEN:
                    yield (table.name, key), UNREADABLE


def _computed(table: ChainedTable, keys: Sequence[int]) -> Iterator[tuple[tuple[str, int], str]]:
    model: Any = apps.get_model("requests_app", table.model)
    erased = erased_rows(table.name, keys)
    for values in model._base_manager.filter(pk__in=keys).values("pk", *table.columns):
        key = values["pk"]
        digest = digest_of(table, model, values)
        if key in erased:
            digest = digest_before_erasing(erased[key], table, model, values)
        yield (table.name, key), digest
