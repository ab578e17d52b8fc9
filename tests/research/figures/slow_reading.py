"""What figures count, read from the ledgers themselves, request by request."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from requests_app.models import Deadline, EventKind, RecordsRequest
from requests_app.research.figures.population import A_PART, AGES, ENDED_WITHOUT, Population
from requests_app.vocabulary.event_description import Mark

Counts = dict[str, Counter[Any]]


def read(requests: Iterable[RecordsRequest], *, on: date) -> Counts:
    """By the names of a `Population`, how many of each; `filed` and `n` under one key alone."""
    found: dict[str, Counter[Any]] = {
        name: Counter()
        for name in ("filed", "answers", "first_words", "first_records", "began_to_wait",
                     "ended_waiting", "outcomes", "limits", "fees_asked", "fees_paid")
    }  # fmt: skip
    for request in requests:
        if request.kind != "records" or request.submitted_on is None:
            continue
        if request.state == "discarded":
            continue
        found["filed"][""] += 1
        if _reached_the_city(request):
            _count(request, found, on)
    return found


def as_counts(population: Population) -> Counts:
    """The same of a population."""
    rows = ("answers", "first_words", "first_records", "began_to_wait", "ended_waiting", "limits")
    found: Counts = {"filed": Counter({"": population.filed})}
    for name in rows:
        found[name] = Counter()
        for *what, n in getattr(population, name):
            found[name][tuple(what)] += n
    for name in ("outcomes", "fees_asked", "fees_paid"):
        found[name] = getattr(population, name)
    return found


def _reached_the_city(request: RecordsRequest) -> bool:
    is_heard = request.state not in {"submitted", "closed", "lapsed", "withdrawn", "discarded"}
    has_clock = request.deadlines.filter(whose="city").exists()
    return is_heard or request.acknowledged_on is not None or has_clock


def _count(request: RecordsRequest, found: Counts, on: date) -> None:
    events = list(request.events.effective().in_order())
    filed = request.submitted_on
    assert filed is not None
    sorts = {
        "answers": Mark.ANSWERS,
        "first_words": Mark.SHOWS_RECEIPT,
        "first_records": Mark.GIVES_RECORDS,
    }
    for name, mark in sorts.items():
        of_sort = [one for one in events if mark in EventKind(one.kind).described.marks]
        until = of_sort[0].on if of_sort else request.ended_on or on
        how = of_sort[0].kind if of_sort else ENDED_WITHOUT if request.ended_on else ""
        found[name][max(0, (until - filed).days), how] += 1
    answers = [one for one in events if Mark.ANSWERS in EventKind(one.kind).described.marks]
    _count_the_wait(found, filed, answers[0].on if answers else request.ended_on)
    clocks = request.deadlines.filter(whose="city", clock__in=("acknowledgement", "response"))
    is_late = any(
        one.clock == "response" and one.status == "running" and one.due_on and one.due_on < on
        for one in clocks
    )
    found["outcomes"][
        answers[-1].kind if answers else None, request.ended_on is not None, is_late
    ] += 1
    found["fees_asked"][request.fee_amount] += 1
    for one in clocks:
        found["limits"][_limit(one, on)] += 1
    for event in events:
        if event.kind == EventKind.FEES_PAID:
            found["fees_paid"][event.data.get("amount")] += 1


def _count_the_wait(found: Counts, filed: date, over: date | None) -> None:
    waited = len(AGES) * 3 * A_PART if over is None else (over - filed).days
    part = sum(waited >= age for age in AGES[1:])
    found["began_to_wait"][filed, part] += 1
    if over is not None:
        found["ended_waiting"][over, part] += 1


def _limit(one: Deadline, on: date) -> tuple[Any, ...]:
    late = (one.met_on - one.due_on).days if one.met_on and one.due_on else None
    is_past = one.due_on is not None and one.due_on < on
    strictly = one.earliest_on is not None and (one.met_on or on) > one.earliest_on
    return (one.clock, one.citation, one.status, late, is_past, strictly)
