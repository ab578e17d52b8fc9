"""`verify_ledger` over a million chained entries: each row hashed again, each link computed again.

The entries are notes of one request, written as every event is, with their links. All of it happens
in one transaction that is rolled back.
"""

from dataclasses import dataclass
from datetime import datetime
from time import perf_counter, process_time

from django.db import connection, transaction

from requests_app.bench import closure
from requests_app.bench.derivations import Measure
from requests_app.ledger.chains import verify
from requests_app.models import ChainHead, Event, EventKind, RecordsRequest
from requests_app.models.chain.chained_tables import LEDGER, chain_name

LIMIT_SECONDS, ENTRIES = 600.0, 1_000_000
LIMIT_GROWTH_MB = 20.0
CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Result:
    """What one run showed."""

    entries: int
    is_whole: bool
    written_seconds: float
    seconds: float
    own_seconds: float  # of processor time in this process; the rest is the database, or waiting
    growth_mb: float

    def lines(self) -> list[str]:
        per = self.seconds / self.entries
        whole = "whole" if self.is_whole else "NOT WHOLE"
        return [
            (
                f"{connection.vendor}: {whole}, {per * 1e6:.0f} µs an entry, "
                f"{self.own_seconds:.3g} s of processor time here; written with their links in "
                f"{self.written_seconds:.3g} s"
            ),
            str(Measure(f"verified {self.entries:,} entries", self.seconds, self.limit_seconds)),
            (f"memory that came with it: {self.growth_mb:.0f} MB (at most {LIMIT_GROWTH_MB:.0f})"),
        ]

    @property
    def is_met(self) -> bool:
        is_flat = self.growth_mb <= LIMIT_GROWTH_MB
        return self.is_whole and is_flat and self.seconds <= self.limit_seconds

    @property
    def limit_seconds(self) -> float:
        """In proportion; a small run is allowed as much as 50,000, for what it costs to begin."""
        return LIMIT_SECONDS * max(self.entries, 50_000) / ENTRIES


def run(entries: int) -> Result:
    """Write them, verify them, and roll everything back."""
    with transaction.atomic():
        try:
            return _measured(entries)
        finally:
            transaction.set_rollback(True)


def _measured(entries: int) -> Result:
    newsroom, editor = closure._newsroom()
    request = closure._original(editor)
    name = chain_name(LEDGER, newsroom.pk)
    begun = perf_counter()
    _write(request, entries - ChainHead.objects.get(name=name).length)
    written = perf_counter() - begun
    before, begun, begun_here = closure._peak_mb(), perf_counter(), process_time()
    verdict = verify(name)
    seconds, own_seconds = perf_counter() - begun, process_time() - begun_here
    growth = closure._peak_mb() - before
    return Result(verdict.entries, verdict.is_whole, written, seconds, own_seconds, growth)


def _write(request: RecordsRequest, count: int) -> None:
    at = datetime.combine(closure.FIRST_FILED, closure.AT.timetz())
    for first in range(0, count, CHUNK):
        Event.objects.bulk_create(
            Event(
                records_request=request, kind=EventKind.NOTED, on=closure.FIRST_FILED,
                recorded_at=at, data={"text": f"The {number}th note of what the city said."},
            )
            for number in range(first, min(first + CHUNK, count))
        )  # fmt: skip
