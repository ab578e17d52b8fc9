"""What an address asks of the list of requests: which, in what order, with which columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Self

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from requests_app.forms.requests.filters import RequestFilter
from requests_app.models import RecordsRequest, User
from requests_app.views.lookup import membership_of, person
from requests_app.views.paging import without_place
from requests_app.views.requests.list_columns import (
    COLUMNS,
    OF_EVERY_ROW,
    USUAL,
    Column,
    chosen_columns,
    fields_of,
)
from requests_app.views.requests.list_orders import DEFAULT, SORTS, Asked, Sort, asked_for
from requests_app.views.requests.list_rows import Row, rows_of, with_what_rows_show

SORT, COLUMN = "sort", "column"  # in an address; the second may stand there several times


class Line(NamedTuple):
    """A row, and what stands in each column of it."""

    row: Row
    cells: list[tuple[Column, str]]


@dataclass(frozen=True, slots=True)
class Heading:
    """Over a column: what pressing it asks for, and whether the list is in its order."""

    column: Column
    address: str  # empty where nothing is ordered by it
    is_order: bool = False
    is_down: bool = False

    @property
    def aria_sort(self) -> str:
        return "descending" if self.is_down else "ascending"


@dataclass(frozen=True, slots=True)
class Listing:
    """`wrong`: what could not be followed, in sentences; then nothing is listed."""

    filter: RequestFilter
    asked: Asked
    columns: tuple[Column, ...]
    address: QueryDict
    wrong: tuple[str, ...]
    at: datetime

    @classmethod
    def of(cls, request: HttpRequest, *, at: datetime) -> Self:
        newsroom_id = membership_of(request).newsroom_id
        visible = RecordsRequest.objects.visible_to(person(request))
        found = RequestFilter(request.GET, queryset=visible, newsroom_id=newsroom_id)
        wrong = found.wrong
        asked, columns = asked_for(request.GET.get(SORT, "")), USUAL
        if asked is None:
            wrong.append(
                f"“{request.GET[SORT]}” is no column to order by: press a heading of the list."
            )
        try:
            columns = chosen_columns(request.GET.getlist(COLUMN))
        except KeyError as unknown:
            wrong.append(f"There is no column “{unknown.args[0]}”: choose among those named below.")
        return cls(found, asked or DEFAULT, columns, request.GET, tuple(wrong), at)

    def lines(self, requests: Sequence[RecordsRequest], user: User) -> list[Line]:
        """Those of a page, each with what its columns say."""
        today = timezone.localdate(self.at)
        return [
            Line(row, [(one, one.words(row, today=today)) for one in self.columns])
            for row in rows_of(requests, user, at=self.at)
        ]

    @property
    def is_filtered(self) -> bool:
        return self.filter.is_asked

    @property
    def sort(self) -> Sort:
        return self.asked.sort

    @property
    def requests(self) -> Any:
        if self.wrong:
            return RecordsRequest.objects.none()
        rows = with_what_rows_show(self.filter.qs, *fields_of(self.columns))
        return self.asked.sorted(rows, at=self.at)

    @property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.columns]

    @property
    def first_headings(self) -> list[Heading]:
        """Those of the first cell, in which every row names its request."""
        return [self._heading(column) for column in OF_EVERY_ROW]

    def _heading(self, column: Column) -> Heading:
        if not column.sort:
            return Heading(column, "")
        is_order = self.asked.name == column.sort
        down = not self.asked.is_down if is_order else SORTS[column.sort].begins_down
        address = self._with(Asked(column.sort, is_down=down))
        return Heading(column, address, is_order, self.asked.is_down)

    @property
    def order_words(self) -> str:
        if self.asked == DEFAULT:
            return "the newest first"
        way = ", from the end" if self.asked.is_down else ""
        left_out = f". {self.sort.left_out}" if self.sort.left_out else ""
        return f"by {self.sort.label}{way}{left_out}"

    @property
    def in_usual_order(self) -> str:
        """The address of the same, the newest first; empty where it is that."""
        return "" if self.asked == DEFAULT else self._with(DEFAULT)

    @property
    def query(self) -> str:
        """All of it but the place in the list."""
        return without_place(self.address)

    @property
    def asked_without_filters(self) -> list[tuple[str, str]]:
        """Order and columns, for the form that asks for other filters."""
        return self._kept(lambda name: name in {SORT, COLUMN})

    @property
    def asked_without_columns(self) -> list[tuple[str, str]]:
        return self._kept(lambda name: name != COLUMN)

    @property
    def choices(self) -> list[tuple[Column, bool]]:
        """Every column, and whether it is shown."""
        return [(column, column in self.columns) for column in COLUMNS]

    def _kept(self, is_kept: Callable[[str], bool]) -> list[tuple[str, str]]:
        rest = QueryDict(self.query)
        return [(name, one) for name in rest if is_kept(name) for one in rest.getlist(name)]

    def _with(self, asked: Asked) -> str:
        rest = QueryDict(self.query, mutable=True)
        rest.pop(SORT, None)
        if asked != DEFAULT:
            rest[SORT] = asked.text
        return f"?{rest.urlencode()}"
