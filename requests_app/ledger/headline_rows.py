"""The headlines of open requests, stored: what is read for them, what differs, what is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from requests_app.headlines import Facts, Span, spans
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
from requests_app.vocabulary.states import FOR_US, OPEN, UNDECIDED, WAITING

Spans = list[Span[Deadline]]
# What of a deadline a headline follows from, and its key.
READ = ("records_request", "clock", "route", "occurrence", "whose", "status", "starts_on",
        "due_on", "latest_on", "is_reminder")  # fmt: skip
STORED = ("from_on", "until_on", "section", "turn", "step", "subject", "clock_id", "window_id",
          "ranked_on", "is_late", "owner_id")  # fmt: skip


@dataclass(slots=True)
class _Beside:
    """What stands beside the deadlines of one request."""

    troubled: tuple[int, DeliveryState] | None = None
    leaving: int | None = None
    unread: int | None = None
    appeals: list[tuple[int, AppealState, str]] = field(default_factory=list)


def write_headlines(batch: Sequence[RecordsRequest]) -> None:
    """Make the stored headlines of some requests what follows from their rows.

    Called inside the transaction that changed one of those, with the requests locked.
    """
    stored, gone, new = _stored_of(batch), list[int](), list[Headline]()
    for request, found in _spans_of(batch):
        rows = [_row(request, span) for span in found]
        if [_as_stored(row) for row in rows] != [_as_stored(row) for row in stored[request.pk]]:
            gone += [row.pk for row in stored[request.pk]]
            new += rows
    if gone:
        Headline.objects.filter(pk__in=gone).delete()
    Headline.objects.bulk_create(new)


def write_headlines_of(requests: QuerySet[RecordsRequest]) -> None:
    """As `write_headlines`, for all of them, each batch locked. Call it inside a transaction."""
    for batch in batches(requests, locked=True):
        write_headlines(batch)


def headlines_that_differ(batch: Sequence[RecordsRequest]) -> Mapping[int, list[str]]:
    """By the request's key: a line where its stored headlines are not what follows; else none."""
    stored, lines = _stored_of(batch), defaultdict[int, list[str]](list)
    for request, found in _spans_of(batch):
        given = [_as_stored(_row(request, span)) for span in found]
        if given != [_as_stored(row) for row in stored[request.pk]]:
            lines[request.pk].append(
                f"headlines are {_in_words(stored[request.pk])}, derived "
                f"{_in_words(_row(request, span) for span in found)}"
            )
    return lines


def _in_words(rows: Iterable[Headline]) -> str:
    return ", ".join(f"{row.step} from {row.from_on}" for row in rows) or "none"


def _spans_of(batch: Sequence[RecordsRequest]) -> list[tuple[RecordsRequest, Spans]]:
    """What is over has none."""
    beside, deadlines = _beside_of(batch), _deadlines_of(batch)
    return [
        (request, spans(_facts(request, beside[request.pk]), deadlines[request.pk]))
        if request.state in OPEN
        else (request, [])
        for request in batch
    ]


def _stored_of(batch: Sequence[RecordsRequest]) -> dict[int, list[Headline]]:
    found: dict[int, list[Headline]] = defaultdict(list)
    for row in Headline.objects.filter(records_request__in=batch).order_by("from_on"):
        found[row.records_request_id].append(row)
    return found


def _deadlines_of(batch: Sequence[RecordsRequest]) -> dict[int, list[Deadline]]:
    found: dict[int, list[Deadline]] = defaultdict(list)
    rows = Deadline.objects.filter(records_request__in=batch).exclude(status="void")
    for row in rows.only(*READ):
        found[row.records_request_id].append(row)
    return found


def _beside_of(batch: Sequence[RecordsRequest]) -> dict[int, _Beside]:
    """Three queries: what is on its way, what nobody has read, what is challenged."""
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
    for request, *appeal in appeals.values_list("records_request", "pk", "state", "outcome"):
        found[request].appeals.append((appeal[0], AppealState(appeal[1]), appeal[2]))
    return found


def _facts(request: RecordsRequest, beside: _Beside) -> Facts:
    silence = request.city.statute.silence
    undecided = [(pk, state) for pk, state, _ in beside.appeals if state in UNDECIDED]
    outcomes = [outcome for _, state, outcome in beside.appeals if state == AppealState.DECIDED]
    return Facts(
        state=RequestState(request.state),
        is_asked=clarification_is_open(request),
        is_fee_open=fees_are_open(request),
        is_fee_unsettled=fees_are_unsettled(request),
        silence_is_denial_of=silence.clocks if silence.is_denial else (),
        troubled=beside.troubled,
        unread=beside.unread,
        leaving=beside.leaving,
        appeal=next(iter(undecided), None),
        is_decided_against_us=bool(outcomes) and outcomes[-1] not in FOR_US,
    )


def _row(request: RecordsRequest, span: Span[Deadline]) -> Headline:
    headline = span.headline
    due_on = headline.clock.due_on if headline.clock else None
    return Headline(
        records_request=request,
        newsroom_id=request.newsroom_id,
        owner_id=request.assigned_to_id or request.created_by_id,
        city_slug=request.city_slug,
        from_on=span.from_on,
        until_on=span.until_on,
        section=headline.section,
        turn=headline.turn,
        step=headline.step,
        subject=headline.subject,
        clock_id=headline.clock.pk if headline.clock else None,
        window_id=headline.window.pk if headline.window else None,
        ranked_on=due_on or date.max,
        is_late=headline.is_late,
    )


def _as_stored(row: Headline) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in STORED)
