"""Where a request stands, as a fold: its entries again through the transitions that left them.

Nothing is asked of the database and nothing is written. What a transition leaves says which one an
entry calls for; there is no other table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django_fsm import TransitionNotAllowed

from requests_app.ledger.effective import Correctable, as_entered
from requests_app.models import Appeal, EventKind, Newsroom, RecordsRequest
from requests_app.models.requests.request_lifecycle import RequestLifecycle
from requests_app.models.requests.transition_decorator import (
    is_refused_by_a_guard,
    leaves,
    replay,
    transitions_by_event,
)
from requests_app.vocabulary.dates_and_amounts import short_weekday
from requests_app.vocabulary.event_kinds import describe

# What the transitions write. The city's number is typed beside an answer and no transition's.
OF_A_REQUEST = tuple(
    field.name for field in RequestLifecycle._meta.local_fields if field.name != "city_reference"
)
OF_AN_APPEAL = ("state", "outcome", "filed_on", "decided_on")


class ReplayableEntry(Correctable, Protocol):
    """What is read of an entry beside its place."""

    @property
    def kind(self) -> str: ...
    @property
    def data(self) -> Any: ...
    @property
    def appeal_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Replayed:
    """A request and its appeals by their keys, in memory alone, as the entries leave them."""

    request: RecordsRequest
    appeals: dict[int, Appeal]

    @property
    def fields(self) -> dict[str, Any]:
        return {name: getattr(self.request, name) for name in OF_A_REQUEST}

    def fields_of_appeal(self, pk: int) -> dict[str, Any]:
        """Those of an appeal that no entry tells of are a new draft's."""
        appeal = self.appeals.get(pk) or Appeal()
        return {name: getattr(appeal, name) for name in OF_AN_APPEAL}


class ImpossibleHistoryError(Exception):
    """An entry that could not have been recorded after those before it, and why."""

    def __init__(self, entry: ReplayableEntry, reason: str) -> None:
        self.entry, self.reason = entry, reason
        super().__init__(f"“{name_of(entry.kind)}” of {short_weekday(entry.on)}: {reason}")


def name_of(kind: str) -> str:
    return describe(kind).heading.lower()


def fold(records_request: RecordsRequest, entries: Sequence[ReplayableEntry]) -> Replayed:
    """What the effective `entries` make of it. Raises ImpossibleHistoryError."""
    appeals: dict[int, Appeal] = {}
    request = RecordsRequest(
        pk=records_request.pk,
        public_id=records_request.public_id,
        city_slug=records_request.city_slug,
        newsroom=_as_it_was_filed(),
    )
    # Where a prefetch would put them: the guard that asks for open appeals finds the replayed.
    vars(request)["_prefetched_objects_cache"] = {"appeals": appeals.values()}
    before: set[str] = set()
    for entry in as_entered(entries):
        _check_what_it_needs(entry, before)
        for row in _rows_of(entry, request, appeals):
            _make(row, entry)
        before.add(entry.kind)
    return Replayed(request, appeals)


@cache
def _as_it_was_filed() -> Newsroom:
    """A newsroom may review its letters now and did not then: what was filed was filed."""
    return Newsroom(reviews_before_filing=False)


def _check_what_it_needs(entry: ReplayableEntry, before: set[str]) -> None:
    needs = describe(entry.kind).needs
    if needs and before.isdisjoint(needs):
        wanted = " or ".join(f"“{name_of(kind)}”" for kind in needs)
        raise ImpossibleHistoryError(entry, f"it needs {wanted} before it.")


def _rows_of(
    entry: ReplayableEntry, request: RecordsRequest, appeals: dict[int, Appeal]
) -> Iterable[RecordsRequest | Appeal]:
    """What the entry moved: the appeal first, as the action does that files one."""
    if entry.appeal_id is not None:
        appeal = appeals.setdefault(entry.appeal_id, Appeal(pk=entry.appeal_id))
        if entry.kind in transitions_by_event(Appeal):
            yield appeal
    if entry.kind in transitions_by_event(RecordsRequest):
        yield request


def _make(row: RecordsRequest | Appeal, entry: ReplayableEntry) -> None:
    kind, on = EventKind(entry.kind), entry.on
    try:
        replay(row, kind, on=on, data=entry.data)
    except TransitionNotAllowed as error:
        raise ImpossibleHistoryError(entry, _why_not(row, kind)) from error


def _why_not(row: RecordsRequest | Appeal, kind: EventKind) -> str:
    name = transitions_by_event(type(row))[kind]
    declared = leaves(type(row), name)
    if is_refused_by_a_guard(row, name):
        return declared.unless
    what = "the appeal" if isinstance(row, Appeal) else "the request"
    stands = row.get_state_display().lower()
    return f"{what} would be {stands}, so it could not be {declared.tried}."
