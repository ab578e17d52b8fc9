"""How long a portal of 5,000 datasets takes to read besides the network, and if memory stays flat.

The portal is played in this process and writes each page when it is asked for: the time that takes
is taken off.
"""

import json
import resource
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import httpx
from django.db import connection

from cities.portals.polite_client import Patience
from requests_app.bench.letters import Verdict
from requests_app.catalog.reading.city_portals import portal_of
from requests_app.catalog.reading.sync import ReadingFrom, sync

CITY, HOST = "us-mo/kansas-city", "data.kcmo.org"
LIMIT_SECONDS = 20.0
MOST_GROWTH_MB = 15.0  # from the middle of the catalog to its end
COLUMNS = 20
FIRST = datetime(2026, 11, 20, 8, tzinfo=UTC)
PAGE = 4096


class PlayedPortal:
    """Socrata's Discovery API over so many datasets, in the words of one night."""

    def __init__(self, datasets: int) -> None:
        self.datasets, self.night, self.seconds = datasets, "", 0.0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        begun = perf_counter()
        start, limit = (int(request.url.params[name]) for name in ("offset", "limit"))
        numbers = range(start, min(start + limit, self.datasets))
        body = {
            "results": [self._asset(number) for number in numbers],
            "resultSetSize": self.datasets,
        }
        content = json.dumps(body).encode()
        self.seconds += perf_counter() - begun
        return httpx.Response(200, content=content)

    def _asset(self, number: int) -> dict[str, Any]:
        names = [f"field_{n}_of_{number % 97}" for n in range(COLUMNS)]
        return {
            "resource": {
                "id": f"k{number // 10_000:03d}-{number % 10_000:04d}",
                "name": f"Permits of ward {number}",
                "description": f"What was permitted in ward {number}, by the day{self.night}. " * 8,
                "attribution": f"Department {number % 40}",
                "type": "dataset",
                "data_updated_at": "2026-11-19T08:00:00.000Z",
                "columns_name": [name.replace("_", " ") for name in names],
                "columns_field_name": names,
                "columns_datatype": ["Text"] * COLUMNS,
                "columns_description": [f"What {name} says." for name in names],
            },
            "classification": {"domain_tags": ["permits", f"ward {number}"]},
            "metadata": {"domain": HOST},
        }


def run(datasets: int) -> Iterator[Verdict]:
    """Three nights: all new, nothing changed, every description changed. Roll it back."""
    portal = PlayedPortal(datasets)
    for number, (what, night) in enumerate(
        (("all new", ""), ("nothing changed", ""), ("all changed", ", revised"))
    ):
        portal.night, portal.seconds = night, 0.0
        sizes: list[float] = []
        begun, worked = perf_counter(), process_time()
        result = sync(
            portal_of(CITY),
            now=partial(_morning_after, number),
            source=ReadingFrom(transport=httpx.MockTransport(portal), patience=Patience(pace=0)),
            report=lambda given, stated: sizes.append(_megabytes()),  # noqa: B023, within this turn
        )
        took = perf_counter() - begun - portal.seconds
        said = f"{what}, {process_time() - worked - portal.seconds:.1f} s of this processor"
        yield _verdict(f"{datasets:,} datasets, {said}", took, sizes, result.is_complete)


def _morning_after(nights: int) -> datetime:
    return FIRST + nights * timedelta(days=1)


def _verdict(what: str, took: float, sizes: list[float], is_complete: bool) -> Verdict:
    growth = sizes[-1] - sizes[len(sizes) // 2]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    summary = (
        f"reading {what}, {connection.vendor}: {took:.1f} s besides the network "
        f"(at most {LIMIT_SECONDS:.0f}), {growth:+.1f} MB in its second half "
        f"(at most {MOST_GROWTH_MB:.0f}), {peak:.0f} MB at most in all"
    )
    return Verdict(summary, is_complete and took <= LIMIT_SECONDS and growth <= MOST_GROWTH_MB)


def _megabytes() -> float:
    """What this process holds in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 2**20


def report(datasets: int, say: Callable[[str], None]) -> bool:
    """Say each figure as it is known. Whether all are as promised."""
    is_met = True
    for verdict in run(datasets):
        say(str(verdict))
        is_met = is_met and verdict.is_met
    return is_met
