"""A closure in one city, with a hundred thousand open requests there: how long, how much memory.

The requests are copies of one that the real actions made. Everything happens in one transaction
that is rolled back.
"""

import copy
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import perf_counter, process_time
from typing import TypeVar

from django.db import connection, transaction

from cities.clocks.derive import Closure as LegalClosure
from cities.schema.city import RequestKind
from cities.schema.load import load_city
from requests_app import ledger
from requests_app.actions.cities import contacts
from requests_app.actions.requests import city_progress, drafting, submission
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.bench.derivations import Measure
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.models import (
    Channel,
    Deadline,
    Event,
    Membership,
    Newsroom,
    RecordsRequest,
    Role,
    User,
)
from requests_app.models.guards.state_guard import state_may_change

Row = TypeVar("Row", RecordsRequest, Event, Deadline)
CITY = "us-or/portland"
CLOSED_ON = date(2026, 11, 27)
FIRST_FILED = date(2026, 11, 6)
DAYS = 14  # filed over so many days: the closure falls into every response's count
AT = datetime(2026, 11, 30, 17, 0, tzinfo=load_city(CITY).tz)
LIMIT_SECONDS, LIMIT_GROWTH_MB = 120.0, 100.0
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Result:
    """What one run showed."""

    requests: int
    moved: int
    seconds: float
    own_seconds: float  # of processor time in this process; the rest is the database, or waiting
    peak_before_mb: float
    peak_after_mb: float

    def lines(self) -> list[str]:
        per = self.seconds / self.requests
        growth = self.peak_after_mb - self.peak_before_mb
        name = f"a closure, {self.requests:,} open requests"
        measure = Measure(name, self.seconds, self.limit_seconds)
        memory = (
            f"peak memory {self.peak_after_mb:.0f} MB, {growth:.0f} MB of it after the first "
            f"{CHUNK:,} (at most {LIMIT_GROWTH_MB:.0f})"
        )
        moved = (
            f"{connection.vendor}: {self.moved:,} deadlines moved, {per * 1e3:.2f} ms a request, "
            f"{self.own_seconds:.3g} s of processor time here"
        )
        return [moved, str(measure), memory]

    @property
    def is_met(self) -> bool:
        is_flat = self.peak_after_mb - self.peak_before_mb <= LIMIT_GROWTH_MB
        return is_flat and self.seconds <= self.limit_seconds

    @property
    def limit_seconds(self) -> float:
        """In proportion; a small run is allowed as much as 5,000, for what it costs to begin."""
        return LIMIT_SECONDS * max(self.requests, 5_000) / 100_000


def run(requests: int) -> Result:
    """Make them, close the city, measure, and roll everything back."""
    with transaction.atomic():
        try:
            return _measured(requests)
        finally:
            transaction.set_rollback(True)


def _measured(requests: int) -> Result:
    newsroom, editor = _newsroom()
    original = _original(editor)
    events = list(Event.objects.filter(records_request=original).in_order())
    deadlines = list(original.deadlines.all())
    everything = RecordsRequest.objects.filter(newsroom=newsroom)
    before = 0.0
    for first in range(1, requests, CHUNK):
        _copy(original, events, deadlines, range(first, min(first + CHUNK, requests)))
        if not before:  # one lot fills every cache; from here on memory should not grow
            ledger.rederive_many(everything, at=AT, because="copied")
            before = _peak_mb()
    # Until here the copies have the deadlines of their original, whose days are not theirs.
    ledger.rederive_many(everything, at=AT, because="copied")
    begun, begun_here = perf_counter(), process_time()
    contacts.enter_closure(
        newsroom,
        LegalClosure(CLOSED_ON, "ice storm", "the benchmark"),
        city_slug=CITY,
        by=Attribution(editor, AT),
    )
    seconds, own_seconds = perf_counter() - begun, process_time() - begun_here
    moved = Event.objects.filter(
        records_request__newsroom=newsroom,
        kind="deadline_moved",
        data__because__icontains="ice storm",
    ).count()
    return Result(requests, moved, seconds, own_seconds, before, _peak_mb())


def _newsroom() -> tuple[Newsroom, User]:
    newsroom = Newsroom.objects.create(name="Benchmark", address="1 Main Street")
    editor = User.objects.create(email="benchmark@desk.invalid", name="Benchmark")
    Membership.objects.create(newsroom=newsroom, user=editor, role=Role.EDITOR)
    return newsroom, editor


def _original(by: User) -> RecordsRequest:
    """One request as a person would make it: drafted, handed over, acknowledged."""
    at = datetime.combine(FIRST_FILED, AT.timetz())
    request = drafting.begin(
        by=Attribution(by, at),
        city_slug=CITY,
        kind="records",
        details=drafting.RequestDetails(
            office_role=load_city(CITY).offices_for(RequestKind.RECORDS)[0].role,
            subject="Benchmark",
            particulars={"what": "every record"},
        ),
    )
    submission.submit(
        request,
        by=Attribution(by, at),
        sending=Sending(Channel.IN_PERSON, "City Hall", handed_over_on=FIRST_FILED),
    )
    city_progress.acknowledge(
        request,
        answer=CityAnswer(on=FIRST_FILED),
        by=Attribution(by, at),
    )
    request.refresh_from_db()
    return request


def _copy(
    original: RecordsRequest,
    events: list[Event],
    deadlines: list[Deadline],
    numbers: range,
) -> None:
    """Copies under those numbers, filed over the following days."""
    made = []
    for number in numbers:
        request = _as_new(original)
        request.public_id, request.reference = f"b{number:08d}", f"BENCH-{number}"
        made.append(request)
    with state_may_change():  # their events are copied with them
        RecordsRequest.objects.bulk_create(made)
    pairs = list(zip(numbers, made, strict=True))
    Event.objects.bulk_create(
        [_later(event, number, request) for number, request in pairs for event in events]
    )
    Deadline.objects.bulk_create(list(_rows(deadlines, made)))


def _later(event: Event, number: int, request: RecordsRequest) -> Event:
    made = _as_new(event)
    made.records_request = request
    made.delivery = None  # handed over: what carried it makes no difference to a clock
    made.on = event.on + timedelta(days=number % DAYS)
    return made


def _rows(deadlines: list[Deadline], made: list[RecordsRequest]) -> Iterator[Deadline]:
    for request in made:
        for row in deadlines:
            copied = _as_new(row)
            copied.records_request = request
            yield copied


def _as_new(row: Row) -> Row:
    made = copy.copy(row)
    made._state = copy.copy(row._state)
    made._state.fields_cache = dict(row._state.fields_cache)
    made.pk, made._state.adding = None, True
    return made


def _peak_mb() -> float:
    """The most memory this process ever held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
