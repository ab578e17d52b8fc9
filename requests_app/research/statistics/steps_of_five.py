"""A curve of waits no step of which is one request's: it tells nobody when a single one ended.

Waits are put together, in their order, on the last day of a span in which of each way of ending,
and of what was censored, there are none or five at least; and so are those that waited longer than
the last span. A share is then right at the end of each span, and said of no other day.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from requests_app.research.statistics.summaries import FEWEST, is_too_few
from requests_app.research.statistics.survival import (
    OPEN,
    Incidence,
    Survival,
    Wait,
    incidence_of,
    survival_of,
)

Span = tuple[int, Counter[str]]  # its last day, and how many ended in which way


def survival_in_fives(waits: Iterable[Wait]) -> Survival:
    """How many there are as they are; the steps and the median by the spans."""
    exact = list(waits)
    spans, rest = _spans(exact, together=())
    found = survival_of(_at_their_ends(spans, rest))
    last = spans[-1][0] if spans else -1
    return replace(
        survival_of(exact),
        steps=tuple(step for step in found.steps if step.days <= last),
        median=found.median,
        median_lower=found.median_lower,
        median_upper=found.median_upper,
    )


def incidence_in_fives(waits: Iterable[Wait], *, together: Collection[str]) -> Incidence:
    """`together`: ways of ending that are told to nobody one by one, perhaps `OPEN` among them."""
    exact = list(waits)
    spans, rest = _spans(exact, together=together)
    found = incidence_of(_at_their_ends(spans, rest))
    last = spans[-1][0] if spans else -1
    steps = tuple(step for step in found.steps if step.days <= last)
    return replace(incidence_of(exact), steps=steps)


def _spans(waits: Sequence[Wait], *, together: Collection[str]) -> tuple[list[Span], int]:
    """And how many waited longer than the last of them: none, or five at least."""
    by_day: dict[int, Counter[str]] = {}
    for wait in waits:
        by_day.setdefault(wait.days, Counter())[wait.ended] += wait.count
    spans: list[Span] = []
    so_far: Counter[str] = Counter()
    for day in sorted(by_day):
        so_far += by_day[day]
        if _is_enough(so_far, together):
            spans.append((day, so_far))
            so_far = Counter()
    rest = so_far.total()
    while spans and 0 < rest < FEWEST:
        rest += spans.pop()[1].total()
    return spans, rest


def _is_enough(counts: Counter[str], together: Collection[str]) -> bool:
    """Whether some ended, and none of the numbers is of somebody and under five."""
    told: Counter[str] = Counter()
    for way, n in counts.items():
        told["together" if way in together else f"way {way}"] += n
    ended = counts.total() - counts[OPEN]
    return not is_too_few(ended) and all(n >= FEWEST for n in told.values() if n)


def _at_their_ends(spans: Sequence[Span], rest: int) -> list[Wait]:
    found = [Wait(day, way, n) for day, counts in spans for way, n in counts.items() if n]
    if rest:
        found.append(Wait(spans[-1][0] + 1 if spans else 0, OPEN, rest))
    return found
