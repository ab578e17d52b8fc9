"""A derived deadline beside its stored row: which belong together, and what differs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cities.clocks.derive import Deadline as Derived
from cities.clocks.explain import as_json
from requests_app.deadlines import OWN_DAYS
from requests_app.entered_days import EnteredDay
from requests_app.models import Deadline, RecordsRequest

Key = tuple[str, str, int]  # clock, route, occurrence
KEY = ("records_request", "clock", "route", "occurrence")

# What is compared and stored of a derived deadline, beside its explanation.
STORED = (
    "whose",
    "status",
    "starts_on",
    "due_on",
    "earliest_on",
    "latest_on",
    "nominal_on",
    "met_on",
    "rule",
    "citation",
)
# What a day has besides that a person entered: see `entered_days`.
ENTERED = {"name": "", "hour": None, "place": ""}
WRITTEN = (*STORED, *ENTERED, "is_reminder", "explanation")


def keyed(deadlines: Iterable[Derived]) -> Iterator[tuple[Key, Derived]]:
    """Each with its key: the same clock may run twice, and is then counted. What a person entered
    has its number already, by which it stays the same when another is struck."""
    seen: dict[tuple[str, str], int] = {}
    for value in deadlines:
        if isinstance(value, EnteredDay):
            yield (value.clock, value.route, value.number), value
            continue
        number = seen.get((value.clock, value.route), 0)
        seen[value.clock, value.route] = number + 1
        yield (value.clock, value.route, number), value


def stored_of(batch: Sequence[RecordsRequest]) -> dict[int, dict[Key, Deadline]]:
    """The stored rows of some requests, by the request's key and their own: one query."""
    found: dict[int, dict[Key, Deadline]] = defaultdict(dict)
    for row in Deadline.objects.filter(records_request__in=batch):
        found[row.records_request_id][row.clock, row.route, row.occurrence] = row
    return found


def new_row(records_request: RecordsRequest, key: Key) -> Deadline:
    clock, route, occurrence = key
    return Deadline(
        records_request=records_request, clock=clock, route=route, occurrence=occurrence
    )


def difference(row: Deadline, value: Derived) -> list[str]:
    """The names of the stored fields that no longer say what was derived."""
    wrong = [name for name in STORED if getattr(row, name) != getattr(value, name)]
    wrong += [name for name, said in _entered(value).items() if getattr(row, name) != said]
    return wrong if wrong or row.explanation == as_json(value) else ["explanation"]


def fill(row: Deadline, value: Derived) -> Deadline:
    """The row with what was derived; the caller saves it."""
    for name in STORED:
        setattr(row, name, getattr(value, name))
    for name, said in _entered(value).items():
        setattr(row, name, said)
    row.is_reminder = value.clock in OWN_DAYS
    row.explanation = as_json(value)
    return row


def _entered(value: Derived) -> dict[str, Any]:
    """What a day has that a person entered; of any other deadline, nothing."""
    return {name: getattr(value, name, none) for name, none in ENTERED.items()}
