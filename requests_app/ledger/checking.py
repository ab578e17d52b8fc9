"""Where what is stored is not what the ledgers give. Nothing is written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from cities.clocks.derive import ClockError
from requests_app.deadlines import derive
from requests_app.ledger.counted_rows import counted_that_differ
from requests_app.ledger.deadline_rows import Key, difference, keyed, stored_of
from requests_app.ledger.headline_rows import headlines_that_differ
from requests_app.ledger.inputs import (
    Closures,
    Entry,
    batches,
    closures_for,
    events_of,
    subject_of,
)
from requests_app.ledger.log_rows import log_entries_that_differ
from requests_app.ledger.replay import OF_A_REQUEST, OF_AN_APPEAL, ImpossibleHistoryError, fold
from requests_app.models import Appeal, Deadline, RecordsRequest

Differences = Iterator[tuple[RecordsRequest, list[str]]]


def compare(records_request: RecordsRequest) -> list[str]:
    """Where its stored rows are not what its ledger gives, a line each."""
    [(_, lines)] = _compare_batch([records_request], {})
    return lines


def compare_many(requests: QuerySet[RecordsRequest]) -> Differences:
    """As `compare`, for all of them: a batch costs twelve queries, however many are in it."""
    known: Closures = {}
    for batch in batches(requests):
        yield from _compare_batch(batch, known)


def _compare_batch(batch: Sequence[RecordsRequest], known: Closures) -> Differences:
    events, stored, appeals = events_of(batch), stored_of(batch), _appeals_of(batch)
    headlines, log = headlines_that_differ(batch), log_entries_that_differ(batch, events)
    counted = counted_that_differ(batch, events)
    for request in batch:
        entries = events[request.pk]
        wrong = _deadlines(request, entries, stored[request.pk], known)
        states = _states(request, entries, appeals[request.pk])
        # What the log has of an appeal follows from its row: of one that is wrong itself, not.
        of_the_log = [] if states else log.get(request.pk, [])
        # So does what figures count of a request and its deadlines.
        of_figures = [] if states or wrong else counted.get(request.pk, [])
        beside = [*headlines.get(request.pk, []), *of_the_log, *of_figures]
        yield request, [*states, *wrong, *beside]


def _appeals_of(batch: Sequence[RecordsRequest]) -> Mapping[int, list[Appeal]]:
    found: dict[int, list[Appeal]] = defaultdict(list)
    for appeal in Appeal.objects.filter(records_request__in=batch).defer("letter_text"):
        found[appeal.records_request_id].append(appeal)
    return found


def _states(
    request: RecordsRequest, entries: Sequence[Entry], appeals: Sequence[Appeal]
) -> list[str]:
    try:
        replayed = fold(request, entries)
    except ImpossibleHistoryError as error:
        return [f"cannot be replayed: {error}"]
    wrong = _fields("", request, OF_A_REQUEST, replayed.fields)
    for appeal in appeals:
        given = replayed.fields_of_appeal(appeal.pk)
        wrong += _fields(f"appeal {appeal.pk}: ", appeal, OF_AN_APPEAL, given)
    return wrong


def _fields(of: str, row: Any, names: Sequence[str], given: Mapping[str, Any]) -> list[str]:
    return [
        f"{of}{name} is {getattr(row, name)}, the ledger gives {given[name]}"
        for name in names
        if getattr(row, name) != given[name]
    ]


def _deadlines(
    request: RecordsRequest,
    entries: Sequence[Entry],
    stored: Mapping[Key, Deadline],
    known: Closures,
) -> list[str]:
    try:
        derived = dict(keyed(derive(subject_of(request, closures_for(request, known)), entries)))
    except ClockError as error:  # a pack that no longer covers what its ledger says
        return [f"cannot be derived: {error}"]
    missing = [f"{key[0]} is not stored" for key in derived.keys() - stored.keys()]
    extra = [f"{key[0]} does not follow from the ledger" for key in stored.keys() - derived.keys()]
    wrong = [
        f"{key[0]} has {name} {getattr(stored[key], name)}, derived {getattr(value, name, '…')}"
        for key, value in derived.items()
        if key in stored
        for name in difference(stored[key], value)
    ]
    return sorted([*missing, *extra, *wrong])
