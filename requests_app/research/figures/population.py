"""The requests that figures are made of, and what the database counts of them.

The database takes the days apart and groups by how many lie between: of a hundred thousand requests
some hundred rows come back, each with how many it stands for. What is counted of a request the
ledger keeps in a narrow row, a `CountedRequest`: of entries that stand, so what was struck never
counts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    F,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from cities.schema.load import all_cities, load_city
from requests_app.models import CountedLimit, Event, User
from requests_app.models.research.counted_request import CountedRequestQuerySet
from requests_app.models.research.log_entry import LogEntryQuerySet
from requests_app.models.research.logged_request import LoggedRequestQuerySet, has_a_challenge
from requests_app.research.figures.days_between import DaysBetween
from requests_app.research.figures.scope import Scope
from requests_app.research.statistics.survival import OPEN, Wait
from requests_app.vocabulary.event_kinds import EventKind

ENDED_WITHOUT = "ended"  # withdrawn, closed or lapsed before what is waited for
A_PART = 30
AGES = (0, A_PART, 3 * A_PART)  # a backlog's parts: the first day of waiting of each


class Waited(NamedTuple):
    """So many requests that waited so many days, and how that ended: by a kind of entry, by
    `ENDED_WITHOUT`, or not yet, as of today."""

    days: int
    how: str
    n: int


class Stretch(NamedTuple):
    """So many requests whose wait for an answer began, or ended, on a day. `part` is the last of
    `AGES` that they came to."""

    on: date
    part: int
    n: int


class Limit(NamedTuple):
    """So many limits of one clock, under one citation, by how late what they limit came."""

    clock: str
    citation: str
    status: str
    days_late: int | None  # of what was met; by the generous reading, where the law is unsettled
    is_past: bool  # its day has passed
    is_late_strictly: bool  # it came, or has not come, after the strict reading's day
    n: int

    @property
    def is_overdue(self) -> bool:
        return self.status == "running" and self.is_past

    @property
    def is_counted(self) -> bool:
        """Whether it was met, or its day has passed without."""
        return self.is_overdue or (self.status == "met" and self.days_late is not None)


@dataclass(frozen=True)
class Population:
    """`requests` are those a reader may see, within the scope, that the city is known to have had;
    `on` is the day as of which they are counted. Each query is made once, when it is asked for."""

    requests: CountedRequestQuerySet
    entries: LogEntryQuerySet
    scope: Scope
    on: date
    filed: int  # with those that are not known to have reached the city
    viewer: User | None = None  # whose codes of others may be read; nobody: what is published
    is_for_everybody: bool = False  # no number under five is said
    logged_requests: LoggedRequestQuerySet | None = None

    @cached_property
    def answers(self) -> Sequence[Waited]:
        return self._waits_until("first_answer")

    @cached_property
    def first_words(self) -> Sequence[Waited]:
        return self._waits_until("first_word")

    @cached_property
    def first_records(self) -> Sequence[Waited]:
        return self._waits_until("first_records")

    @cached_property
    def began_to_wait(self) -> Sequence[Stretch]:
        return self._stretches("filed_on")

    @cached_property
    def ended_waiting(self) -> Sequence[Stretch]:
        """Without those that wait still."""
        return [one for one in self._stretches("over_on") if one.on is not None]

    @cached_property
    def n(self) -> int:
        return sum(answer.n for answer in self.answers)

    @cached_property
    def outcomes(self) -> Counter[tuple[str | None, bool, bool]]:
        """How many, by the last answer; for those without one, by whether they are over and whether
        the city's day to answer has passed."""
        counts: Counter[tuple[str | None, bool, bool]] = Counter()
        for kind, ended, late, _, n in self._as_they_stand:
            counts[kind or None, ended, late] += n
        return counts

    @cached_property
    def limits(self) -> Sequence[Limit]:
        rows = CountedLimit.objects.filter(request__in=self.requests)
        came_or_today = Coalesce("met_on", self._today)
        measured = rows.annotate(
            days_late=DaysBetween("met_on", "due_on"),
            is_past=_is_so(Q(due_on__lt=self.on)),
            is_late_strictly=_is_so(GreaterThan(came_or_today, F("earliest_on"))),
        )
        counted = measured.values_list(*Limit._fields[:-1]).annotate(n=Count("pk"))
        return [Limit(*row) for row in counted]

    @cached_property
    def fees_asked(self) -> Counter[object]:
        """How many by the last amount asked; None: none was."""
        counts: Counter[object] = Counter()
        for *_, amount, n in self._as_they_stand:
            counts[amount] += n
        return counts

    @cached_property
    def fees_paid(self) -> Counter[object]:
        paid = Event.objects.effective().filter(
            kind=EventKind.FEES_PAID, records_request__in=self.requests.values("pk")
        )
        rows = paid.order_by().values_list("data__amount").annotate(n=Count("pk"))
        return Counter(dict(rows))

    @cached_property
    def logged(self) -> Sequence[tuple[str, bool, int]]:
        """Of the requests logged from elsewhere, by their status and whether one was challenged:
        how many."""
        if self.logged_requests is None:
            return []
        found = self.logged_requests.order_by().annotate(is_challenged=has_a_challenge())
        return list(found.values_list("status", "is_challenged").annotate(n=Count("pk")))

    @cached_property
    def _as_they_stand(self) -> Sequence[tuple[str, bool, bool, Decimal | None, int]]:
        """By the last answer, whether they are over, whether the day to answer has passed, and the
        fee asked: how many."""
        found = self.requests.annotate(
            has_ended=Q(ended_on__isnull=False), is_late=_is_so(Q(answer_due_on__lt=self.on))
        )
        columns = ("last_answer", "has_ended", "is_late", "fee_amount")
        return list(found.values_list(*columns).annotate(n=Count("pk")))

    @property
    def _today(self) -> Value:
        return Value(self.on, DateField())

    def _waits_until(self, first: str) -> Sequence[Waited]:
        """Until the first entry of a sort, by its column. What is entered as of before the filing
        took no day."""
        until = Coalesce(f"{first}_on", "ended_on", self._today)
        ended = Case(When(ended_on__isnull=False, then=Value(ENDED_WITHOUT)), default=Value(OPEN))
        found = self.requests.annotate(
            days=DaysBetween(until, "filed_on"),
            how=Case(When(**{f"{first}_on__isnull": False}, then=F(first)), default=ended),
        )
        rows = found.values_list("days", "how").annotate(n=Count("pk"))
        return [Waited(max(0, days), how, n) for days, how, n in rows]

    def _stretches(self, day_of: str) -> Sequence[Stretch]:
        """The database divides; the parts are told apart here."""
        found = self.requests.annotate(over_on=Coalesce("first_answer_on", "ended_on"))
        thirties = DaysBetween("over_on", "filed_on") / Value(A_PART)
        rows = found.annotate(thirties=thirties).values_list(day_of, "thirties")
        return [Stretch(on, _part(thirties), n) for on, thirties, n in rows.annotate(n=Count("pk"))]


def _part(thirties: int | None) -> int:
    """The last; also of what waits still."""
    if thirties is None:
        return len(AGES) - 1
    return sum(thirties * A_PART >= age for age in AGES[1:])


def _is_so(condition: Q | GreaterThan) -> Case:
    """A condition that may be unknown, as yes or no."""
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def population_of(
    requests: CountedRequestQuerySet,
    entries: LogEntryQuerySet,
    scope: Scope,
    *,
    at: datetime,
    viewer: User | None = None,
    is_for_everybody: bool = False,
    logged_requests: LoggedRequestQuerySet | None = None,
) -> Population:
    """Of `requests`, `entries` and `logged_requests`, those that one reader may see."""
    filed = scope.of_requests(requests).order_by()
    return Population(
        filed.filter(reached_city=True),
        scope.of_entries(entries),
        scope,
        as_of(scope, at=at),
        filed.count(),
        viewer,
        is_for_everybody,
        None if logged_requests is None else scope.of_logged_requests(logged_requests),
    )


def as_of(scope: Scope, *, at: datetime) -> date:
    """The city's day; of several cities the earliest, so that nothing is called late too soon."""
    cities = [load_city(scope.city)] if scope.city else all_cities()
    return min(city.local_date(at) for city in cities)


def waits_of(answers: Sequence[Waited]) -> Iterator[Wait]:
    """With what the newsroom ended as a way of ending, among the others."""
    return (Wait(one.days, one.how, one.n) for one in answers)


def censored(answers: Sequence[Waited]) -> Iterator[Wait]:
    """With what the newsroom ended counted as far as it waited: nobody knows how it would have
    ended. Of the curve of one event."""
    for one in answers:
        yield Wait(one.days, OPEN if one.how == ENDED_WITHOUT else one.how, one.n)
