"""How long a page takes, how much it asks of the database, and how many bytes it is."""

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any

from django.db import connection

from requests_app.bench.derivations import in_words

RUNS, FEWEST_RUNS, ENOUGH_SECONDS = 9, 3, 5.0
HEADINGS = f"{'':<46}{'median':>9}{'at most':>9}{'ours':>9}{'queries':>9}{'at most':>9}{'kB':>9}"


@dataclass(frozen=True, slots=True)
class Promise:
    """What something may take at most; None where nothing was promised."""

    seconds: float | None = None
    queries: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """What one page or one round showed."""

    name: str
    promise: Promise
    seconds: float
    own_seconds: float  # of processor time here; the rest is the database, or waiting
    queries: int
    size: int | None  # in bytes; of what is no page, None

    @property
    def is_met(self) -> bool:
        limit, most = self.promise.seconds, self.promise.queries
        return (limit is None or self.seconds <= limit) and (most is None or self.queries <= most)

    def __str__(self) -> str:
        limit = in_words(self.promise.seconds) if self.promise.seconds else ""
        most = self.promise.queries or ""
        size = "" if self.size is None else f"{self.size / 1000:,.0f}"
        mark = "ok" if self.is_met else "TOO MUCH"
        return (
            f"{self.name:<46}{in_words(self.seconds):>9}{limit:>9}{in_words(self.own_seconds):>9}"
            f"{self.queries:>9,}{most:>9}{size:>9} {mark}"
        )


def measure(
    name: str, act: Callable[[], int | None], promise: Promise, *, runs: int = RUNS
) -> Figure:
    """The median of so many runs, fewer where they are slow. `act` gives its size in bytes.

    What a process reads once (packs, templates) was read by the run before, which counts queries.
    """
    with _counted() as queries:
        size = act()
    took: list[float] = []
    own: list[float] = []
    while len(took) < min(runs, FEWEST_RUNS) or (len(took) < runs and sum(took) < ENOUGH_SECONDS):
        begun, begun_here = perf_counter(), process_time()
        act()
        took.append(perf_counter() - begun)
        own.append(process_time() - begun_here)
    median = statistics.median
    return Figure(name, promise, median(took), median(own), len(queries), size)


@contextmanager
def _counted() -> Iterator[list[str]]:
    """The statements sent to the database."""
    sent: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield sent
