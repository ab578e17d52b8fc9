"""`rederive --check` over a million entries: every state replayed, every deadline derived again.

The requests are copies of one that the real actions made, its mistake struck and restored. All of
it happens in one transaction that is rolled back.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from time import perf_counter, process_time

from django.db import connection, transaction

from requests_app import ledger
from requests_app.actions.requests import city_determinations, city_progress, corrections, notes
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.actions.sending import our_letters
from requests_app.bench import closure
from requests_app.bench.derivations import Measure
from requests_app.ledger.attribution import Attribution
from requests_app.models import Event, RecordsRequest, User

LIMIT_SECONDS, ENTRIES = 600.0, 1_000_000


@dataclass(frozen=True, slots=True)
class Result:
    """What one run showed."""

    entries: int
    differing: int
    seconds: float
    own_seconds: float  # of processor time in this process; the rest is the database, or waiting
    growth_mb: float

    def lines(self) -> list[str]:
        per = self.seconds / self.entries
        measure = Measure(f"checked {self.entries:,} entries", self.seconds, self.limit_seconds)
        return [
            (
                f"{connection.vendor}: {self.differing} requests differ, {per * 1e6:.0f} µs an "
                f"entry, {self.own_seconds:.3g} s of processor time here"
            ),
            str(measure),
            (
                f"memory that came with the check: {self.growth_mb:.0f} MB "
                f"(at most {closure.LIMIT_GROWTH_MB:.0f})"
            ),
        ]

    @property
    def is_met(self) -> bool:
        is_flat = self.growth_mb <= closure.LIMIT_GROWTH_MB
        return is_flat and not self.differing and self.seconds <= self.limit_seconds

    @property
    def limit_seconds(self) -> float:
        """In proportion; a small run is allowed as much as 50,000, for what it costs to begin."""
        return LIMIT_SECONDS * max(self.entries, 50_000) / ENTRIES


def run(requests: int) -> Result:
    """Make them, check them, and roll everything back."""
    with transaction.atomic():
        try:
            return _measured(requests)
        finally:
            transaction.set_rollback(True)


def _measured(requests: int) -> Result:
    newsroom, editor = closure._newsroom()
    original = _original(editor)
    events = list(Event.objects.filter(records_request=original, strikes=None).in_order())
    deadlines = list(original.deadlines.all())
    step = closure.DAYS  # copies are filed over so many days: these all on the first of them
    for first in range(1, requests, closure.CHUNK):
        last = min(first + closure.CHUNK, requests)
        closure._copy(original, events, deadlines, range(first * step, last * step, step))
    everything = RecordsRequest.objects.filter(newsroom=newsroom)
    ledger.write_headlines_of(everything)
    ledger.write_counted_of(everything)
    entries = Event.objects.filter(records_request__newsroom=newsroom).count()
    before, begun, begun_here = closure._peak_mb(), perf_counter(), process_time()
    differing = sum(bool(found) for _, found in ledger.compare_many(everything))
    seconds, own_seconds = perf_counter() - begun, process_time() - begun_here
    return Result(entries, differing, seconds, own_seconds, closure._peak_mb() - before)


def _original(by: User) -> RecordsRequest:
    """Ten entries that stand: quoted, paid, extended and denied; and one that was struck."""
    request = closure._original(by)
    at = datetime.combine(closure.FIRST_FILED, closure.AT.timetz())
    who = Attribution(by, at)
    answer = CityAnswer(on=closure.FIRST_FILED)
    city_progress.estimate_fees(request, answer=answer, by=who, amount=Decimal(40))
    our_letters.pay_fees(request, on=answer.on, by=who)
    city_progress.extend(request, answer=answer, by=who)
    notes.note(request, on=answer.on, text="She called.", by=who)
    city_progress.produce_in_part(request, answer=answer, by=who)
    mistaken = city_determinations.grant(request, answer=answer, by=who)
    corrections.strike(mistaken, why="The letter is a denial.", by=who)
    corrections.restore(mistaken, why="It is none.", by=who)
    request.refresh_from_db()
    return request
