"""The list of requests as a spreadsheet: the columns chosen, in its order, all of its pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpResponse
from django.utils import timezone

from requests_app.models import RecordsRequest, User
from requests_app.research.exporting.formats import WRITERS
from requests_app.research.log_table import column as table
from requests_app.views.requests.list_columns import OF_EVERY_ROW, Column, Value
from requests_app.views.requests.list_rows import rows_of
from requests_app.views.requests.listing import Listing

FORMS = ("csv", "xlsx")
MOST_ROWS = 10_000  # while somebody waits for it
AT_ONCE = 500  # rows whose clocks are read together


class TooLongError(Exception):
    """More than is written while somebody waits, in a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    answer: HttpResponse
    rows: int


def sheet_of(listing: Listing, user: User, form: str) -> Sheet:
    """`form`: one of `FORMS`. Raises TooLongError."""
    order = listing.asked.order(at=listing.at).names(backward=False)
    requests = list(listing.requests.order_by(*order)[: MOST_ROWS + 1])
    if len(requests) > MOST_ROWS:
        raise TooLongError(
            f"A list of more than {MOST_ROWS:,} requests makes no sheet here: filter it first, or "
            "have everything exported in the background, under Appeals, Export."
        )
    columns = (*OF_EVERY_ROW, *listing.columns)
    write, ending, kind = WRITERS[form]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"requests{ending}"
        rows = write(
            path, [_declared(column) for column in columns], _rows(requests, columns, user, listing)
        )
        answer = HttpResponse(path.read_bytes(), content_type=kind)
    name = f"requests-{timezone.localdate(listing.at):%Y-%m-%d}{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Sheet(answer, rows)


def _rows(
    requests: Iterable[RecordsRequest], columns: Iterable[Column], user: User, listing: Listing
) -> Iterator[dict[str, Value]]:
    left = iter(requests)
    while some := list(islice(left, AT_ONCE)):
        for row in rows_of(some, user, at=listing.at):
            yield {column.label: column.value(row) for column in columns}


def _declared(column: Column) -> table.Column:
    return table.Column(column.label, "", column.label, column.kind)
