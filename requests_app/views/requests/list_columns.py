"""The columns of the list of requests: what each shows, and which somebody chose."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from requests_app.research.log_table.column import Kind
from requests_app.views.requests.list_orders import SORTS
from requests_app.views.requests.list_rows import Row
from requests_app.vocabulary.dates_and_amounts import dollars, near_weekday
from requests_app.vocabulary.kinds_of_request import name_of_kind

CLOCK = "clock"  # on a page drawn in its colour, with its reason
Value = str | date | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """`value`: as a spreadsheet has it. `fields`: of the request, read if the column is chosen."""

    name: str
    label: str
    value: Callable[[Row], Value]
    kind: Kind = Kind.STRING
    fields: tuple[str, ...] = ()
    is_usual: bool = False
    speaks_for_itself: bool = False  # on a phone, where no heading stands over it

    @property
    def sort(self) -> str:
        """The name of the order by it; empty where there is none."""
        return self.name if self.name in SORTS else ""

    def words(self, row: Row, *, today: date) -> str:
        """As a page has it."""
        value = self.value(row)
        if isinstance(value, date):
            return near_weekday(value, today)
        return dollars(value) if isinstance(value, Decimal) else value or ""


COLUMNS = (
    Column("city", "City", lambda row: row.city, is_usual=True, speaks_for_itself=True),
    Column(
        "kind", "Asks for", lambda row: name_of_kind(row.kind), is_usual=True,
        speaks_for_itself=True,
    ),
    Column(
        CLOCK, "Clock", lambda row: row.pill.text if row.pill else "", is_usual=True,
        speaks_for_itself=True,
    ),
    Column("reporter", "Reporter", lambda row: row.owner, is_usual=True),
    Column("next", "Next step", lambda row: row.step),
    Column(
        "due", "Due", lambda row: row.pill.due_on if row.pill else None, Kind.DATE
    ),
    Column("filed", "Filed", lambda row: row.request.submitted_on, Kind.DATE, ("submitted_on",)),
    Column("office", "Office", lambda row: row.request.office.name),
    Column(
        "number", "City’s number", lambda row: row.request.city_reference,
        fields=("city_reference",),
    ),
    Column(
        "project", "Project", lambda row: row.request.project.name if row.request.project else "",
        fields=("project__name",),
    ),
    Column("fee", "Fee", lambda row: row.request.fee_amount, Kind.NUMBER, ("fee_amount",)),
)  # fmt: skip
# Of every row, whatever is chosen. On the page they stand in one cell.
OF_EVERY_ROW = (
    Column("reference", "Reference", lambda row: row.reference),
    Column("request", "Request", lambda row: row.subject),
    Column("state", "State", lambda row: row.state),
)
BY_NAME = {column.name: column for column in COLUMNS}
USUAL = tuple(column for column in COLUMNS if column.is_usual)


def chosen_columns(names: Sequence[str]) -> tuple[Column, ...]:
    """In the desk's own order; the usual ones where none is named. Raises KeyError of a name that
    is none of them."""
    chosen = {BY_NAME[name].name for name in names}
    return tuple(column for column in COLUMNS if column.name in chosen) or USUAL


def fields_of(columns: Iterable[Column]) -> list[str]:
    """What is to be read of each request for them."""
    return [field for column in columns for field in column.fields]
