"""The headlines of open requests, stored: what is read for them, what differs, what is written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from cities.clocks.computed_deadline import status_on
from cities.schema.offices import RequestKind
from requests_app.headlines import Facts, Span, spans
from requests_app.ledger.bulk_write import insert
from requests_app.ledger.changed_datasets import changed_since_asked
from requests_app.ledger.inputs import batches
from requests_app.models import (
    Appeal,
    AppealState,
    Communication,
    Deadline,
    Delivery,
    DeliveryState,
    Headline,
    RecordsRequest,
    RequestState,
)
from requests_app.models.requests.request_lifecycle import (
    clarification_is_open,
    fees_are_open,
    fees_are_unsettled,
)
from requests_app.vocabulary.clocks import is_time_for_a_route
from requests_app.vocabulary.states import FOR_US, OPEN, UNDECIDED, WAITING


class _Clock(NamedTuple):
    """What a headline follows from of a deadline, read without the rest: see `headlines.Clock`."""

    pk: int
    records_request: int
    clock: str
    route: str
    occurrence: int
    whose: str
    status: str
    starts_on: date | None
    due_on: date | None
    latest_on: date | None
    is_reminder: bool

    @property
    def is_window(self) -> bool:
        return is_time_for_a_route(self.clock, self.whose, self.route)

    def status_on(self, day: date) -> str:
        return status_on(self.status, self.starts_on, day)


class _Row(NamedTuple):
    """A `Headline` but for its request, by its fields."""

    newsroom_id: int
    owner_id: int
    city_slug: str
    from_on: date
    until_on: date
    section: str
    turn: str
    step: str
    subject: int | None
    clock_id: int | None
    window_id: int | None
    ranked_on: date
    is_late: bool


OF = "records_request_id"  # the one column more that a `Headline` has


@dataclass(slots=True)
class _Beside:
    """What stands beside the deadlines of one request."""

    troubled: tuple[int, DeliveryState] | None = None
    leaving: int | None = None
    unread: int | None = None
    changed_dataset: int | None = None
    appeals: list[tuple[int, AppealState, str]] = field(default_factory=list)
    filed: dict[str, int] = field(default_factory=dict)  # the challenge that is filed by a route


def write_headlines(batch: Sequence[RecordsRequest]) -> None:
    """Make the stored headlines of some requests what follows from their rows.

    Called inside the transaction that changed one of those, with the requests locked.
    """
    stored = _stored_of(batch)
    changed = {pk: rows for pk, rows in _rows_of(batch) if not _are_stored(rows, stored[pk])}
    gone = [pk for pk in changed if stored[pk]]
    if gone:
        Headline.objects.filter(records_request__in=gone).delete()
    fresh = (row._asdict() | {OF: pk} for pk, rows in changed.items() for row in rows)
    insert(Headline, (OF, *_Row._fields), fresh)


def write_headlines_of(requests: QuerySet[RecordsRequest]) -> None:
    """As `write_headlines`, for all of them, each batch locked. Call it inside a transaction."""
    for batch in batches(requests, locked=True):
        write_headlines(batch)


def headlines_that_differ(batch: Sequence[RecordsRequest]) -> Mapping[int, list[str]]:
    """By the request's key: a line where its stored headlines are not what follows; else none."""
    stored = _stored_of(batch)
    return {
        pk: [f"headlines are {_in_words(stored[pk])}, derived {_in_words(rows)}"]
        for pk, rows in _rows_of(batch)
        if not _are_stored(rows, stored[pk])
    }


def drop_past_headlines(*, at: datetime) -> int:
    """Those of days that are over in every city; how many. No page asks for them any more.

    Without this they come first in each section's index, and the board reads past all of them.
    """
    over_everywhere = at.astimezone(UTC).date() - timedelta(days=1)
    return Headline.objects.filter(until_on__lt=over_everywhere).delete()[0]


def _are_stored(rows: list[_Row], stored: list[_Row]) -> bool:
    """Whether all of them are, but perhaps for the first: see `drop_past_headlines`."""
    return bool(rows) == bool(stored) and rows[len(rows) - len(stored) :] == stored


def _in_words(rows: Iterable[_Row]) -> str:
    return ", ".join(f"{row.step} from {row.from_on}" for row in rows) or "none"


def _rows_of(batch: Sequence[RecordsRequest]) -> Iterator[tuple[int, list[_Row]]]:
    """What is over has none."""
    beside, clocks = _beside_of(batch), _clocks_of(batch)
    for request in batch:
        found: list[Span[_Clock]] = []
        if request.state in OPEN:
            found = spans(_facts(request, beside[request.pk]), clocks[request.pk])
        yield request.pk, [_row(request, span) for span in found]


def _stored_of(batch: Sequence[RecordsRequest]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = defaultdict(list)
    rows = Headline.objects.filter(records_request__in=batch).order_by("from_on")
    for request, *row in rows.values_list("records_request", *_Row._fields):
        found[request].append(_Row(*row))
    return found


def _clocks_of(batch: Sequence[RecordsRequest]) -> dict[int, list[_Clock]]:
    found: dict[int, list[_Clock]] = defaultdict(list)
    rows = Deadline.objects.filter(records_request__in=batch).exclude(status="void").order_by()
    for clock in map(_Clock._make, rows.values_list(*_Clock._fields)):
        found[clock.records_request].append(clock)
    return found


def _beside_of(batch: Sequence[RecordsRequest]) -> dict[int, _Beside]:
    """Four queries: what is on its way, what nobody has read, what is challenged; and where a
    correction is among them, which dataset changed since."""
    found: dict[int, _Beside] = defaultdict(_Beside)
    on_their_way = Delivery.objects.needs_a_person() | Delivery.objects.waiting()
    rows = on_their_way.filter(records_request__in=batch).order_by("-pk")
    for request, pk, state in rows.values_list("records_request", "pk", "state"):
        if state in WAITING:
            found[request].leaving = pk
        else:
            found[request].troubled = (pk, DeliveryState(state))
    unread = Communication.objects.unread().filter(records_request__in=batch)
    for request, pk in unread.order_by("-on", "-pk").values_list("records_request", "pk"):
        found[request].unread = pk
    appeals = Appeal.objects.filter(records_request__in=batch).order_by("pk")
    columns = ("records_request", "pk", "state", "outcome", "route")
    for request, pk, state, outcome, route in appeals.values_list(*columns):
        found[request].appeals.append((pk, AppealState(state), outcome))
        if state == AppealState.FILED:
            found[request].filed[route] = pk
    corrections = [one for one in batch if one.kind == RequestKind.CORRECTION]
    for request, pk in changed_since_asked(corrections).items():
        found[request].changed_dataset = pk
    return found


def _facts(request: RecordsRequest, beside: _Beside) -> Facts:
    silence = request.city.statute.silence
    undecided = [(pk, state) for pk, state, _ in beside.appeals if state in UNDECIDED]
    outcomes = [outcome for _, state, outcome in beside.appeals if state == AppealState.DECIDED]
    return Facts(
        state=RequestState(request.state),
        is_of_data=request.kind != RequestKind.RECORDS,
        changed_dataset=beside.changed_dataset,
        is_asked=clarification_is_open(request),
        is_fee_open=fees_are_open(request),
        is_fee_unsettled=fees_are_unsettled(request),
        silence_is_denial_of=silence.clocks if silence.is_denial else (),
        troubled=beside.troubled,
        unread=beside.unread,
        leaving=beside.leaving,
        appeal=next(iter(undecided), None),
        filed_by=beside.filed,
        is_decided_against_us=bool(outcomes) and outcomes[-1] not in FOR_US,
    )


def _row(request: RecordsRequest, span: Span[_Clock]) -> _Row:
    headline = span.headline
    due_on = headline.clock.due_on if headline.clock else None
    return _Row(
        newsroom_id=request.newsroom_id,
        owner_id=request.owner_id,
        city_slug=request.city_slug,
        from_on=span.from_on,
        until_on=span.until_on,
        section=str(headline.section),
        turn=str(headline.turn),
        step=str(headline.step),
        subject=headline.subject,
        clock_id=headline.clock.pk if headline.clock else None,
        window_id=headline.window.pk if headline.window else None,
        ranked_on=due_on or date.max,
        is_late=headline.is_late,
    )
