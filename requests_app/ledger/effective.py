"""Which entries of a ledger stand, and in which order they are taken.

A correction strikes an earlier entry, and a correction may be struck itself: then what it struck
stands again. `EventQuerySet.effective` says the same to the database.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar


class Correctable(Protocol):
    """What is read of an entry: a `models.Event`, or anything that looks like one."""

    @property
    def pk(self) -> int: ...
    @property
    def on(self) -> date: ...
    @property
    def strikes_id(self) -> int | None: ...
    @property
    def in_place_of_id(self) -> int | None: ...


Entry = TypeVar("Entry", bound=Correctable)


def effective(entries: Sequence[Entry]) -> list[Entry]:
    """Those that no effective correction strikes, in the order given."""
    struck = struck_by(entries)
    return [entry for entry in entries if entry.pk not in struck]


def struck_by(entries: Iterable[Entry]) -> dict[int, Entry]:
    """By the key of each entry that does not stand: the correction that strikes it.

    The latest first, for only an earlier entry can be struck.
    """
    found: dict[int, Entry] = {}
    corrections = (entry for entry in entries if entry.strikes_id is not None)
    for entry in sorted(corrections, key=lambda entry: entry.pk, reverse=True):
        if entry.pk not in found and entry.strikes_id is not None:
            found[entry.strikes_id] = entry
    return found


def as_entered(entries: Sequence[Entry]) -> list[Entry]:
    """In the order in which a person entered them, which is the order of the moves they made.

    Not by day: what came late is entered late, and changed nothing before. One that corrects
    another's day stands in its place, or further on or back as far as its own day takes it.
    """
    found = sorted(entries, key=lambda entry: entry.in_place_of_id or entry.pk)
    for entry in sorted(entries, key=lambda entry: entry.pk):
        if entry.in_place_of_id is not None:
            _move_to_its_day(found, entry)
    return found


def _move_to_its_day(entries: list[Entry], entry: Entry) -> None:
    at = entries.index(entry)
    while at + 1 < len(entries) and entries[at + 1].on < entry.on:
        entries[at], entries[at + 1] = entries[at + 1], entry
        at += 1
    while at > 0 and entries[at - 1].on > entry.on:
        entries[at], entries[at - 1] = entries[at - 1], entry
        at -= 1
