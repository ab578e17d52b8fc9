"""The appeal log's rows of tracked appeals: what follows for them from the ledger and its clocks.

A request without an appeal costs nothing: its ledger says that there is none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from cities.rights.claimed_exemption import find_exemption
from requests_app.ledger.inputs import Entry
from requests_app.models import (
    Appeal,
    ClaimedExemption,
    Deadline,
    LogEntry,
    RecordsRequest,
)
from requests_app.models.research.log_entry import NO_DAY
from requests_app.vocabulary.event_kinds import EventKind

Ledgers = Mapping[int, Sequence[Entry]]
CLAIM_EXEMPTIONS = (EventKind.DENIED, EventKind.GRANTED_IN_PART)
# What of a `LogEntry` the ledger writes; its project and its notes are a person's.
WRITTEN = (
    "newsroom_id", "records_request_id", "city_slug", "route", "body", "answers", "state",
    "outcome", "docket", "filed_on", "due_on", "decided_on", "days", "next_on", "next_clock",
    "next_whose", "filed_rank", "decided_rank", "next_rank",
)  # fmt: skip
OF_AN_EXEMPTION = ("as_claimed", "exemption", "citation", "became", "passage", "page")


class _Clock(NamedTuple):
    records_request: int
    clock: str
    route: str
    whose: str
    status: str
    starts_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class _Row:
    """What a tracked appeal's entry is to hold, and its exemptions in their order."""

    fields: Mapping[str, Any]
    exemptions: Sequence[tuple[str, ...]]


def write_log_entries(batch: Sequence[RecordsRequest], ledgers: Ledgers) -> None:
    """Make the entries of some requests' appeals what follows from their rows.

    Called inside the transaction that changed one of those, with the requests locked.
    """
    before: dict[int, LogEntry] = {}
    for appeal, row in _rows_of(batch, ledgers):
        entry = _entry_of(appeal)
        earlier = before.get(appeal.records_request_id)
        wanted = {**row.fields, "follows_id": earlier.pk if earlier else None}
        if entry.pk is None or any(getattr(entry, name) != wanted[name] for name in wanted):
            for name, value in wanted.items():
                setattr(entry, name, value)
            entry.save()
        _write_exemptions(entry, row.exemptions)
        before[appeal.records_request_id] = entry


def log_entries_that_differ(
    batch: Sequence[RecordsRequest], ledgers: Ledgers
) -> Mapping[int, list[str]]:
    """By the request's key: a line for each field that is not what follows."""
    found: dict[int, list[str]] = defaultdict(list)
    for appeal, row in _rows_of(batch, ledgers):
        lines = found[appeal.records_request_id]
        stored = getattr(appeal, "log_entry", None)
        if stored is None:
            lines.append(f"appeal {appeal.pk} is not in the log")
            continue
        lines += [
            f"the log has {name} {getattr(stored, name)}, derived {value}"
            for name, value in row.fields.items()
            if getattr(stored, name) != value
        ]
        if _exemptions_of(stored) != list(row.exemptions):
            lines.append(f"the log has other exemptions for appeal {appeal.pk}")
    return found


def _rows_of(batch: Sequence[RecordsRequest], ledgers: Ledgers) -> Iterator[tuple[Appeal, _Row]]:
    """In the order in which they were drafted."""
    challenged = {
        one.pk: one
        for one in batch
        if any(entry.kind == EventKind.APPEAL_DRAFTED for entry in ledgers[one.pk])
    }
    if not challenged:
        return
    appeals = _appeals_of(challenged)
    clocks = _clocks_of(challenged)
    newest = {(one.records_request_id, one.route): one.pk for one in appeals}
    for appeal in appeals:
        appeal.records_request = challenged[appeal.records_request_id]
        of_route = clocks[(appeal.records_request_id, appeal.route)]
        is_newest = newest[(appeal.records_request_id, appeal.route)] == appeal.pk
        ledger = ledgers[appeal.records_request_id]
        fields = _fields(appeal, of_route, is_newest=is_newest)
        yield appeal, _Row(fields, _claims(appeal, ledger))


def _appeals_of(challenged: Iterable[int]) -> list[Appeal]:
    found = Appeal.objects.filter(records_request__in=challenged).order_by("pk")
    return list(
        found.select_related("log_entry")
        .prefetch_related("log_entry__exemptions")
        .defer("letter_text", "composed_text")
    )


def _clocks_of(challenged: Iterable[int]) -> Mapping[tuple[int, str], list[_Clock]]:
    found: dict[tuple[int, str], list[_Clock]] = defaultdict(list)
    rows = Deadline.objects.filter(records_request__in=challenged).exclude(route="")
    for row in map(_Clock._make, rows.order_by("due_on", "pk").values_list(*_Clock._fields)):
        found[(row.records_request, row.route)].append(row)
    return found


def _fields(appeal: Appeal, clocks: Sequence[_Clock], *, is_newest: bool) -> dict[str, Any]:
    """By the names in `WRITTEN`. Of two by one route, what still runs is the newer one's."""
    following = _next_of(clocks) if is_newest else None
    request = appeal.records_request
    entry = LogEntry(
        newsroom_id=request.newsroom_id,
        records_request_id=request.pk,
        city_slug=request.city_slug,
        route=appeal.route,
        body=appeal.pack_route.body,
        answers=appeal.answers,
        state=appeal.state,
        outcome=appeal.outcome,
        docket=appeal.body_reference,
        filed_on=appeal.filed_on,
        due_on=_time_to_decide(appeal, clocks),
        decided_on=appeal.decided_on,
        next_on=following.due_on if following else None,
        next_clock=following.clock if following else "",
        next_whose=following.whose if following else "",
    )
    entry.rank()
    return {name: getattr(entry, name) for name in WRITTEN}


def _time_to_decide(appeal: Appeal, clocks: Sequence[_Clock]) -> date | None:
    """The day by which the body decides: the clock that began with this filing, or after it."""
    if appeal.filed_on is None:
        return None
    counted = [
        (clock.starts_on, clock.due_on)
        for clock in clocks
        if clock.clock == "appeal_decision"
        and clock.starts_on is not None
        and clock.starts_on >= appeal.filed_on
    ]
    return min(counted)[1] if counted else None


def _next_of(clocks: Sequence[_Clock]) -> _Clock | None:
    """The first by its day that still runs; they come in that order."""
    running = (one for one in clocks if one.status in {"running", "projected"} and one.due_on)
    return next(running, None)


def _claims(appeal: Appeal, ledger: Sequence[Entry]) -> list[tuple[str, ...]]:
    """What the city claimed before this was filed, and what its decision says became of each."""
    claimed: list[str] = []
    became: Mapping[str, Mapping[str, str]] = {}
    for entry in ledger:
        if entry.kind in CLAIM_EXEMPTIONS and entry.on <= (appeal.filed_on or NO_DAY):
            claimed = list(entry.data.get("exemptions", ()))
        elif entry.kind == EventKind.APPEAL_DECIDED and entry.appeal_id == appeal.pk:
            became = {one["claim"]: one for one in entry.data.get("exemptions", ())}
    return [_claim(appeal, claim, became.get(claim, {})) for claim in claimed]


def _claim(appeal: Appeal, claim: str, said: Mapping[str, str]) -> tuple[str, ...]:
    """By the names in `OF_AN_EXEMPTION`."""
    meant = find_exemption(appeal.records_request.city.statute, claim).exemption
    slug, citation = (meant.slug, meant.citation) if meant else ("", "")
    return (
        claim, slug, citation, said.get("became", ""), said.get("passage", ""), said.get("page", "")
    )  # fmt: skip


def _entry_of(appeal: Appeal) -> LogEntry:
    """The one that there is, or one to be filled in."""
    stored: LogEntry | None = getattr(appeal, "log_entry", None)
    return stored or LogEntry(
        appeal=appeal, created_by_id=appeal.created_by_id, created_at=appeal.created_at
    )


def _exemptions_of(entry: LogEntry) -> list[tuple[str, ...]]:
    return [tuple(getattr(one, name) for name in OF_AN_EXEMPTION) for one in entry.exemptions.all()]


def _write_exemptions(entry: LogEntry, wanted: Sequence[tuple[str, ...]]) -> None:
    if _exemptions_of(entry) == list(wanted):
        return
    entry.exemptions.all().delete()
    ClaimedExemption.objects.bulk_create(
        ClaimedExemption(
            entry=entry, position=place, **dict(zip(OF_AN_EXEMPTION, values, strict=True))
        )
        for place, values in enumerate(wanted)
    )
