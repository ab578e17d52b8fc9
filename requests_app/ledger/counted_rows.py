"""What figures count of each request, stored: what follows from its ledger, and what differs.

A request that no figure counts has no row: a draft, what was discarded, what no records law covers.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from cities.schema.offices import RequestKind
from requests_app.ledger.inputs import Entry, batches, events_of
from requests_app.ledger.log_rows import Ledgers
from requests_app.models import (
    CountedLimit,
    CountedRequest,
    Deadline,
    RecordsRequest,
    RequestState,
)
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import EventKind, kinds_marked
from requests_app.vocabulary.states import OVER

ANSWERS = frozenset(kind for kind in EventKind if Mark.ANSWERS in kind.described.marks)
SHOWS_RECEIPT = kinds_marked(Mark.SHOWS_RECEIPT)
GIVES_RECORDS = kinds_marked(Mark.GIVES_RECORDS)
ANSWER = "response"
LAW = ("acknowledgement", ANSWER)  # the city's clocks that say by when
UNHEARD = frozenset({RequestState.SUBMITTED, *OVER})  # states that do not say that the city has it
OF_REQUEST, OF_LIMIT = "records_request_id", "request_id"


class _Row(NamedTuple):
    """A `CountedRequest` but for its request, by its fields."""

    newsroom_id: int
    city_slug: str
    office_role: str
    filed_on: date
    reached_city: bool
    first_word_on: date | None
    first_word: str
    first_answer_on: date | None
    first_answer: str
    first_records_on: date | None
    first_records: str
    last_answer: str
    ended_on: date | None
    answer_due_on: date | None
    fee_amount: Decimal | None


class _Limit(NamedTuple):
    """A `CountedLimit` but for its request, by its fields."""

    deadline_id: int
    clock: str
    citation: str
    status: str
    due_on: date | None
    earliest_on: date | None
    met_on: date | None


class _Counted(NamedTuple):
    """All that is stored of one request: no row where no figure counts it."""

    row: _Row | None
    limits: list[_Limit]


def write_counted(batch: Sequence[RecordsRequest], ledgers: Ledgers) -> None:
    """Make what figures count of some requests what follows from their rows.

    Called inside the transaction that changed one of those, with the requests locked.
    """
    stored = _stored_of(batch)
    changed = {pk: found for pk, found in _derived(batch, ledgers) if found != stored[pk]}
    _write_rows(changed, stored)
    _write_limits(changed, stored)


def write_counted_of(requests: QuerySet[RecordsRequest]) -> None:
    """As `write_counted`, for all of them, each batch locked. Call it inside a transaction."""
    for batch in batches(requests, locked=True):
        write_counted(batch, events_of(batch))


def counted_that_differ(
    batch: Sequence[RecordsRequest], ledgers: Ledgers
) -> Mapping[int, list[str]]:
    """By the request's key: a line for each field that is not what follows; else none."""
    stored = _stored_of(batch)
    return {pk: list(_differences(stored[pk], found)) for pk, found in _derived(batch, ledgers)}


def _differences(stored: _Counted, derived: _Counted) -> Iterator[str]:
    was, row = stored.row, derived.row
    if was is None or row is None:
        if was is not row:
            yield "is counted by figures" if row is None else "is not counted by figures"
        return
    for name, is_now, follows in zip(_Row._fields, was, row, strict=True):
        if is_now != follows:
            yield f"figures have {name} {is_now}, derived {follows}"
    if stored.limits != derived.limits:
        yield "figures have other limits of the law"


def _derived(batch: Sequence[RecordsRequest], ledgers: Ledgers) -> Iterator[tuple[int, _Counted]]:
    counted = [one.pk for one in batch if _is_counted(one)]
    clocks: dict[int, list[_Limit]] = defaultdict(list)
    if counted:
        rows = Deadline.objects.filter(records_request__in=counted, whose="city").order_by("pk")
        columns = ("records_request_id", "pk", *_Limit._fields[1:])
        for pk, *clock in rows.values_list(*columns):
            clocks[pk].append(_Limit(*clock))
    for request in batch:
        if not _is_counted(request):
            yield request.pk, _Counted(None, [])
            continue
        limits = [clock for clock in clocks[request.pk] if clock.clock in LAW]
        has_clock = bool(clocks[request.pk])
        yield request.pk, _Counted(_row(request, ledgers[request.pk], limits, has_clock), limits)


def _is_counted(request: RecordsRequest) -> bool:
    return (
        request.kind == RequestKind.RECORDS
        and request.submitted_on is not None
        and request.state != RequestState.DISCARDED
    )


def _row(
    request: RecordsRequest, ledger: Sequence[Entry], limits: Sequence[_Limit], has_clock: bool
) -> _Row:
    assert request.submitted_on is not None  # `_is_counted`
    answers = [entry for entry in ledger if entry.kind in ANSWERS]
    word_on, word = _first(ledger, SHOWS_RECEIPT)
    answer_on, answer = _first(answers, ANSWERS)
    records_on, records = _first(ledger, GIVES_RECORDS)
    is_heard = request.state not in UNHEARD or request.acknowledged_on is not None
    running = [
        one.due_on
        for one in limits
        if one.clock == ANSWER and one.status == "running" and one.due_on is not None
    ]
    return _Row(
        request.newsroom_id,
        request.city_slug,
        request.office_role,
        request.submitted_on,
        # A letter that came back, or is on its way by post, is no silence of the city's.
        is_heard or has_clock,
        word_on,
        word,
        answer_on,
        answer,
        records_on,
        records,
        answers[-1].kind if answers else "",
        request.ended_on,
        min(running, default=None),
        request.fee_amount,
    )


def _first(ledger: Sequence[Entry], kinds: frozenset[EventKind]) -> tuple[date | None, str]:
    """A ledger comes by day, and within a day as it was entered."""
    return next(((one.on, one.kind) for one in ledger if one.kind in kinds), (None, ""))


def _stored_of(batch: Sequence[RecordsRequest]) -> dict[int, _Counted]:
    found = {request.pk: _Counted(None, []) for request in batch}
    rows = CountedRequest.objects.filter(records_request__in=batch)
    for pk, *row in rows.values_list(OF_REQUEST, *_Row._fields):
        found[pk] = _Counted(_Row(*row), [])
    if any(one.row for one in found.values()):
        limits = CountedLimit.objects.filter(request__in=found).order_by("deadline_id")
        for pk, *limit in limits.values_list(OF_LIMIT, *_Limit._fields):
            found[pk].limits.append(_Limit(*limit))
    return found


def _write_rows(changed: Mapping[int, _Counted], stored: Mapping[int, _Counted]) -> None:
    fresh = {pk: one.row for pk, one in changed.items() if one.row and one.row != stored[pk].row}
    CountedRequest.objects.bulk_create(
        (CountedRequest(records_request_id=pk, **row._asdict()) for pk, row in fresh.items()),
        update_conflicts=True,
        unique_fields=["records_request"],
        update_fields=_Row._fields,
    )
    gone = [pk for pk, one in changed.items() if one.row is None]
    if gone:
        CountedRequest.objects.filter(pk__in=gone).delete()


def _write_limits(changed: Mapping[int, _Counted], stored: Mapping[int, _Counted]) -> None:
    moved = {pk: one for pk, one in changed.items() if one.limits != stored[pk].limits}
    gone = [pk for pk in moved if stored[pk].limits]
    if gone:
        CountedLimit.objects.filter(request__in=gone).delete()
    CountedLimit.objects.bulk_create(
        CountedLimit(request_id=pk, **limit._asdict())
        for pk, one in moved.items()
        for limit in one.limits
    )
