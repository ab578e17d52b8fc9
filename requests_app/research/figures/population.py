"""The requests that figures are made of, and what the database counts of them.

The database groups by the days themselves, and Python takes the days apart: of a hundred thousand
requests some thousand rows come back, each with how many it stands for. Only entries of a ledger
that stand are read: what was struck never counts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from cities.schema.city import RequestKind
from cities.schema.load import all_cities, load_city
from requests_app.models import Deadline, Event, RequestState
from requests_app.models.requests.records_request import RecordsRequestQuerySet
from requests_app.models.research.log_entry import LogEntryQuerySet
from requests_app.research.figures.scope import Scope
from requests_app.research.statistics.survival import OPEN, Wait
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import EventKind, kinds_marked
from requests_app.vocabulary.states import OVER

ANSWERS = sorted(kind for kind in EventKind if Mark.ANSWERS in kind.described.marks)
SHOWS_RECEIPT = sorted(kinds_marked(Mark.SHOWS_RECEIPT))
GIVES_RECORDS = sorted(kinds_marked(Mark.GIVES_RECORDS))
ENDED_WITHOUT = "ended"  # withdrawn, closed or lapsed before what is waited for
LAW = ("acknowledgement", "response")  # the city's clocks that say by when


class Answer(NamedTuple):
    """So many requests filed on one day, first answered on another in one way, or never."""

    filed_on: date
    ended_on: date | None
    answered_on: date | None
    kind: str | None
    n: int


class Limit(NamedTuple):
    """So many limits of one clock, under one citation, that fell due and were met on these days."""

    clock: str
    citation: str
    status: str
    due_on: date | None  # the generous reading, where the law is unsettled
    earliest_on: date | None  # the strict one
    met_on: date | None
    n: int

    def is_counted(self, *, on: date) -> bool:
        """Whether it was met, or its day has passed."""
        if self.due_on is None:
            return False
        return self.met_on is not None if self.status == "met" else self.is_overdue(on=on)

    def is_overdue(self, *, on: date) -> bool:
        return self.status == "running" and self.due_on is not None and self.due_on < on

    def is_late_strictly(self, *, on: date) -> bool:
        """Whether it came, or has not come, after the strict reading’s day."""
        return self.earliest_on is not None and (self.met_on or on) > self.earliest_on


@dataclass(frozen=True)
class Population:
    """`requests` are those a reader may see, within the scope, that the city is known to have had;
    `on` is the day as of which they are counted. Each query is made once, when it is asked for."""

    requests: RecordsRequestQuerySet
    entries: LogEntryQuerySet
    scope: Scope
    on: date
    filed: int  # with those that are not known to have reached the city

    @cached_property
    def answers(self) -> Sequence[Answer]:
        return self._waits_until(ANSWERS)

    @cached_property
    def first_words(self) -> Sequence[Answer]:
        return self._waits_until(SHOWS_RECEIPT)

    @cached_property
    def first_records(self) -> Sequence[Answer]:
        return self._waits_until(GIVES_RECORDS)

    @cached_property
    def n(self) -> int:
        return sum(answer.n for answer in self.answers)

    @cached_property
    def outcomes(self) -> Counter[tuple[str | None, bool, bool]]:
        """How many, by the last answer; for those without one, by whether they are over and whether
        the city's day to answer has passed."""
        last = _entries(ANSWERS).order_by("-on", "-pk").values("kind")[:1]
        late = Deadline.objects.filter(
            records_request=OuterRef("pk"), clock="response", whose="city"
        ).late(on=self.on)
        found = self.requests.order_by().annotate(
            last=Subquery(last), has_ended=Q(state__in=OVER), is_late=Exists(late)
        )
        counted = found.values_list("last", "has_ended", "is_late").annotate(n=Count("pk"))
        return Counter({(kind, ended, late): n for kind, ended, late, n in counted})

    @cached_property
    def limits(self) -> Sequence[Limit]:
        rows = Deadline.objects.order_by().filter(
            records_request__in=self.requests, clock__in=LAW, whose="city"
        )
        names = Limit._fields[:-1]
        return [Limit(*row) for row in rows.values_list(*names).annotate(n=Count("pk"))]

    @cached_property
    def fees_asked(self) -> Counter[object]:
        """How many by the last amount asked; None: none was."""
        rows = self.requests.order_by().values_list("fee_amount").annotate(n=Count("pk"))
        return Counter(dict(rows))

    @cached_property
    def fees_paid(self) -> Counter[object]:
        paid = Event.objects.effective().filter(
            kind=EventKind.FEES_PAID, records_request__in=self.requests
        )
        rows = paid.order_by().values_list("data__amount").annotate(n=Count("pk"))
        return Counter(dict(rows))

    def _waits_until(self, kinds: Sequence[str]) -> Sequence[Answer]:
        """Until the first entry of one of these kinds."""
        first = _entries(kinds).order_by("on", "pk")
        found = self.requests.order_by().annotate(
            first_on=Subquery(first.values("on")[:1]), first=Subquery(first.values("kind")[:1])
        )
        rows = found.values_list("submitted_on", "ended_on", "first_on", "first")
        return [Answer(*row) for row in rows.annotate(n=Count("pk"))]


def population_of(
    requests: RecordsRequestQuerySet, entries: LogEntryQuerySet, scope: Scope, *, at: datetime
) -> Population:
    """Of `requests` and `entries`, those that one reader may see."""
    under_a_law = requests.filter(kind=RequestKind.RECORDS, submitted_on__isnull=False)
    filed = scope.of_requests(under_a_law.exclude(state=RequestState.DISCARDED))
    return Population(
        filed.filter(_reached_the_city()),
        scope.of_entries(entries),
        scope,
        as_of(scope, at=at),
        filed.count(),
    )


def as_of(scope: Scope, *, at: datetime) -> date:
    """The city's day; of several cities the earliest, so that nothing is called late too soon."""
    cities = [load_city(scope.city)] if scope.city else all_cities()
    return min(city.local_date(at) for city in cities)


def waits_of(answers: Sequence[Answer], *, on: date) -> Iterator[Wait]:
    """Each with how it ended. What the newsroom ended before is `ENDED_WITHOUT`; what waits is
    open as of that day. An answer that is entered as of before the filing took no day."""
    for answer in answers:
        if answer.answered_on is not None:
            until, how = answer.answered_on, str(answer.kind)
        elif answer.ended_on is not None:
            until, how = answer.ended_on, ENDED_WITHOUT
        else:
            until, how = on, OPEN
        yield Wait(max(0, (until - answer.filed_on).days), how, answer.n)


def censored(waits: Iterator[Wait]) -> Iterator[Wait]:
    """With what the newsroom ended counted as far as it waited: nobody knows how it would have
    ended. Of the curve of one event; for ways of ending it is one of them."""
    for wait in waits:
        how = OPEN if wait.ended == ENDED_WITHOUT else wait.ended
        yield Wait(wait.days, how, wait.count)


def _entries(kinds: Sequence[str]) -> QuerySet[Event]:
    """Of the request that the query around it is about."""
    stands = Event.objects.effective()
    return stands.filter(records_request=OuterRef("pk"), kind__in=kinds)


def _reached_the_city() -> Q:
    """A clock of the city's began, or the city said something. A letter that came back, or is on
    its way by post, is no silence of the city's."""
    clocks = Deadline.objects.filter(records_request=OuterRef("pk"), whose="city")
    unheard = [RequestState.SUBMITTED, *OVER]
    return ~Q(state__in=unheard) | Q(acknowledged_on__isnull=False) | Q(Exists(clocks))
