"""By what the list of requests can be ordered: a column, up or down."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Case, F, FilteredRelation, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Lower

from cities.schema.load import all_cities
from requests_app.models import RecordsRequest, RequestState
from requests_app.models.requests.city_days import on_city_days
from requests_app.models.requests.records_request import RecordsRequestQuerySet
from requests_app.views.paging import MADE_AT, ColumnOrder, Order
from requests_app.vocabulary.kinds_of_request import NAMES

Rows = QuerySet[RecordsRequest]
DOWN = "-"  # before a name in an address


@dataclass(frozen=True, slots=True)
class Sort:
    """`label`: in a sentence, behind "by". `prepare` gives the rows their `column`; those that have
    nothing there are left out, and `left_out` says so. `begins_down`: which way the first press on
    its heading orders."""

    label: str
    column: str
    prepare: Callable[[Rows, datetime], Rows]
    left_out: str = ""
    begins_down: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A sort as an address names it, up or down."""

    name: str
    is_down: bool

    @property
    def sort(self) -> Sort:
        return SORTS[self.name]

    @property
    def text(self) -> str:
        return f"{DOWN if self.is_down else ''}{self.name}"

    def order(self, *, at: datetime) -> Order:
        if self.name == NEWEST:
            return Order(MADE_AT, newest_first=self.is_down)
        rows = partial(self.sort.prepare, RecordsRequest.objects.all(), at)
        return ColumnOrder(column=self.sort.column, rows=rows, newest_first=self.is_down)

    def sorted(self, found: RecordsRequestQuerySet, *, at: datetime) -> Any:
        return self.sort.prepare(found, at)


def asked_for(text: str) -> Asked | None:
    """None where no column has that name."""
    name = text.removeprefix(DOWN)
    if not text:
        return DEFAULT
    return Asked(name, is_down=text.startswith(DOWN)) if name in SORTS else None


def _as_it_is(found: Rows, at: datetime) -> Rows:
    return found


def _by(column: Any) -> Callable[[Rows, datetime], Rows]:
    return lambda found, at: found.annotate(sorted_by=column)


def _in_turn(field: str, values: Iterable[str]) -> Callable[[Rows, datetime], Rows]:
    """As the desk lists those values, not by the letters that it stores for them."""
    places = [When(**{field: value}, then=Value(number)) for number, value in enumerate(values)]
    return _by(Case(*places, default=Value(len(places))))


def _cities(found: Rows, at: datetime) -> Rows:
    by_name = sorted(all_cities(), key=lambda city: (city.name, city.slug))
    return _in_turn("city_slug", [city.slug for city in by_name])(found, at)


def _filed(found: Rows, at: datetime) -> Rows:
    return found.exclude(submitted_on=None)


def _with_a_fee(found: Rows, at: datetime) -> Rows:
    return found.exclude(fee_amount=None)


def _in_projects(found: Rows, at: datetime) -> Rows:
    return found.exclude(project=None).annotate(sorted_by=Lower("project__name"))


def _with_clocks(found: Rows, at: datetime) -> Rows:
    """Joined to today's headline, of which an open request has one."""
    standing = on_city_days(
        lambda today: Q(headlines__from_on__lte=today, headlines__until_on__gte=today), at=at
    )
    return found.annotate(
        today=FilteredRelation("headlines", condition=standing), sorted_by=F("today__ranked_on")
    ).exclude(today=None)


NEWEST = "begun"
SORTS = {
    NEWEST: Sort("day begun", "created_at", _as_it_is, begins_down=True),
    "request": Sort("request", "sorted_by", _by(Lower("subject"))),
    "reference": Sort("reference", "reference", _as_it_is),
    "city": Sort("city", "sorted_by", _cities),
    "kind": Sort("what it asks for", "sorted_by", _in_turn("kind", NAMES)),
    "state": Sort("state", "sorted_by", _in_turn("state", RequestState.values)),
    "clock": Sort("clock", "sorted_by", _with_clocks, "What is over is left out"),
    "filed": Sort(
        "day of filing", "submitted_on", _filed, "What was not filed is left out", begins_down=True
    ),
    "reporter": Sort(
        "reporter", "sorted_by", _by(Lower(Coalesce("assigned_to__name", "created_by__name")))
    ),
    "office": Sort("office", "office_role", _as_it_is),
    "project": Sort(
        "project",
        "sorted_by",
        _in_projects,
        "What is in none is left out",
    ),
    "fee": Sort(
        "fee",
        "fee_amount",
        _with_a_fee,
        "What no fee was quoted for is left out",
        begins_down=True,
    ),
}
DEFAULT = Asked(NEWEST, is_down=True)
