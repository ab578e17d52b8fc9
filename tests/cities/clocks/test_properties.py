"""What holds for every request under any law, whatever happened to it."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cities.clocks.derive import Closure, Deadline, Occurrence, derive
from cities.clocks.explain import as_json, from_json
from cities.schema.city import City
from cities.schema.load import city_slugs, load_city
from tests.cities.conftest import FIXTURE_PACKS
from tests.cities.worked import CONCORD, CT, MO, OR, REAL_CITIES, on

DAY = timedelta(days=1)
BESIDE = ("clock", "whose", "status", "starts_on", "due_on", "earliest_on", "latest_on",
          "nominal_on", "met_on", "route")  # fmt: skip
FIRST, LAST = on("2024-01-01"), on("2038-12-31")
quick = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)

MADE_UP = city_slugs(FIXTURE_PACKS)
days = st.dates(FIRST, LAST)


def city_of(slug: str) -> City:
    return load_city(slug, FIXTURE_PACKS) if slug in MADE_UP else load_city(slug)


@st.composite
def histories(draw: st.DrawFn, slug: str) -> tuple[Occurrence, ...]:
    """A request's events, possible ones, in any mixture, within the city's calendar."""
    rules = city_of(slug).statute.calendar
    first, last = date(rules.first_year, 1, 10), date(rules.last_year - 2, 12, 31)
    received = draw(st.dates(first, last))
    events = [Occurrence("received", received)]

    def later(kind: str, low: int, high: int, /, **facts: Any) -> date:
        day = received + DAY * draw(st.integers(low, high))
        events.append(Occurrence(kind, day, facts))
        return day

    if draw(st.booleans()):
        events.insert(0, Occurrence("submitted", received - DAY * draw(st.integers(0, 5))))
    if draw(st.booleans()):
        later("acknowledged", 0, 10)
    if draw(st.booleans()):
        asked = draw(st.integers(0, 20))
        later("clarification_requested", asked, asked)
        if draw(st.booleans()):
            later("clarified", asked, asked + 20)
    if draw(st.booleans()):
        asked = draw(st.integers(0, 20))
        later("fees_estimated", asked, asked, amount=draw(st.sampled_from(["9", "180", "1200"])))
        if draw(st.booleans()):
            later("fees_paid", asked, asked + 20)
    if draw(st.booleans()):
        extended = draw(st.integers(0, 20))
        until = received + DAY * draw(st.integers(extended, 60))
        later("extended", extended, extended, until=until)
    if draw(st.booleans()):
        later("denied", 0, 60)
    return tuple(events)


@st.composite
def closed(draw: st.DrawFn, events: Sequence[Occurrence]) -> tuple[Closure, ...]:
    received = next(event.on for event in events if event.kind == "received")
    offsets = draw(st.lists(st.integers(0, 60), max_size=4))
    return tuple(Closure(received + DAY * offset, "closed") for offset in offsets)


@st.composite
def stories(draw: st.DrawFn) -> tuple[str, tuple[Occurrence, ...], tuple[Closure, ...]]:
    slug = draw(st.sampled_from([*REAL_CITIES, *MADE_UP]))
    events = draw(histories(slug))
    return slug, events, draw(closed(events))


def derived(
    slug: str, events: Sequence[Occurrence], closures: Sequence[Closure] = ()
) -> tuple[Deadline, ...]:
    return derive(city_of(slug), events, closures=closures)


@quick
@given(stories())
def test_deriving_twice_gives_the_same(story: Any) -> None:
    assert derived(*story) == derived(*story)


@quick
@given(stories(), st.randoms(use_true_random=False))
def test_order_of_events_on_different_days_does_not_matter(story: Any, shuffler: Any) -> None:
    slug, events, closures = story
    of_a_day: dict[date, list[Occurrence]] = {}
    for event in events:
        of_a_day.setdefault(event.on, []).append(event)
    groups = list(of_a_day.values())
    shuffler.shuffle(groups)
    shuffled = [event for group in groups for event in group]
    assert derived(slug, shuffled, closures) == derived(slug, events, closures)


@quick
@given(stories())
def test_readings_stand_in_their_order(story: Any) -> None:
    for deadline in derived(*story):
        if deadline.due_on is None:
            assert deadline.status in {"tolled", "met", "void"}
            assert deadline.earliest_on is deadline.latest_on is deadline.nominal_on is None
            continue
        assert deadline.earliest_on
        assert deadline.latest_on
        assert deadline.nominal_on
        assert deadline.earliest_on <= deadline.latest_on
        if deadline.whose == "ours":
            assert deadline.due_on == deadline.earliest_on
            assert deadline.due_on <= deadline.nominal_on <= deadline.latest_on
        else:
            assert deadline.due_on == deadline.latest_on
            assert deadline.nominal_on <= deadline.latest_on
        if deadline.earliest_on != deadline.latest_on:
            assert deadline.unsettled, f"{deadline.clock}: two readings, and no sentence says why"


@quick
@given(stories())
def test_explanation_as_stored_gives_the_deadline_back(story: Any) -> None:
    for deadline in derived(*story):
        reasons = json.loads(json.dumps(as_json(deadline)))
        dates = {name: getattr(deadline, name) for name in BESIDE}
        assert from_json(reasons, **dates) == deadline


@quick
@given(stories(), st.integers(0, 60))
def test_closure_on_a_weekend_changes_nothing(story: Any, offset: int) -> None:
    slug, events, closures = story
    received = next(event.on for event in events if event.kind == "received")
    day = received + DAY * offset
    weekend = day + DAY * (5 - day.weekday() if day.weekday() < 5 else 0)
    more = (*closures, Closure(weekend, "closed all the same"))
    assert derived(slug, events, more) == derived(slug, events, closures)


@quick
@given(stories(), st.integers(0, 60))
def test_closure_never_makes_a_citys_date_earlier(story: Any, offset: int) -> None:
    slug, events, closures = story
    received = next(event.on for event in events if event.kind == "received")
    more = (*closures, Closure(received + DAY * offset, "one more"))
    before = [d for d in derived(slug, events, closures) if d.whose == "city"]
    after = [d for d in derived(slug, events, more) if d.whose == "city"]
    for was, now in zip(before, after, strict=True):
        if was.due_on is None or now.due_on is None:  # a last day moved past the toll: tolled now
            assert now.due_on is None
            continue
        assert now.due_on >= was.due_on
        assert now.earliest_on
        assert was.earliest_on
        assert now.earliest_on >= was.earliest_on


@quick
@given(stories(), st.integers(0, 30))
def test_question_answered_the_same_day_moves_nothing(story: Any, offset: int) -> None:
    slug, events, _ = story
    # Where a question may be the answer itself, what the city takes after it is no more time.
    assume(not (slug == MO and any(event.kind == "extended" for event in events)))
    plain = [e for e in events if e.kind not in {"clarification_requested", "clarified"}]
    received = next(event.on for event in events if event.kind == "received")
    asked = received + DAY * offset
    answered = [
        *plain,
        Occurrence("clarification_requested", asked),
        Occurrence("clarified", asked),
    ]
    dates = [(d.clock, d.due_on) for d in derived(slug, plain)]
    again = [(d.clock, d.due_on) for d in derived(slug, answered)]
    assert [pair for pair in again if pair[0] != "clarification_lapse"] == dates


@quick
@given(stories())
def test_explanation_covers_every_day_once(story: Any) -> None:
    """Row after row, no day left out or told twice, to the last day."""
    for deadline in derived(*story):
        assert deadline.starts_on
        expected = deadline.starts_on
        for row in deadline.days:
            assert row.on == expected
            assert row.until is None or row.until >= row.on
            expected = (row.until or row.on) + DAY
        if deadline.whose == "ours":
            assert expected - DAY == max(filter(None, (deadline.nominal_on, deadline.due_on)))
        elif deadline.due_on:
            assert expected - DAY == deadline.due_on


@quick
@given(stories())
def test_explanation_recounted_gives_the_same_date(story: Any) -> None:
    """The n-th counted day of the explanation is the bare last day; each other day says why."""
    slug, events, closures = story
    received = next(event.on for event in events if event.kind == "received")
    clocks = {
        (c.name, c.route): c
        for c in city_of(slug).statute.clocks
        if not c.track and c.in_force(received)
    }
    for deadline in derived(slug, events, closures):
        clock = clocks[deadline.clock, deadline.route]
        is_extended = any("extended on" in row.note for row in deadline.days)
        is_made_up = any("added for" in row.note for row in deadline.days)
        if deadline.nominal_on is None or is_extended or is_made_up:
            continue
        numbered = [row for row in deadline.days if row.number is not None]
        assert all(row.note for row in deadline.days if row.number is None)
        if clock.unit == "business_days":
            assert [row.number for row in numbered] == list(range(1, clock.count + 1))
            last = numbered[-1]
            trailing = deadline.days[deadline.days.index(last) + 1 :]
            assert all("tolled" in row.note or row.note for row in trailing)
            assert not trailing or any("tolled" in row.note for row in trailing)
        else:
            assert deadline.starts_on
            last = numbered[-1]
            assert (last.until or last.on) == deadline.nominal_on
            assert last.number == (deadline.nominal_on - deadline.starts_on).days


def by_hand(received: date, count: int, off: set[date]) -> date:
    day, left = received, count
    while left:
        day += DAY
        left -= day.weekday() < 5 and day not in off
    return day


@pytest.mark.parametrize(("slug", "count"), [(CT, 4), (MO, 3), (OR, 5)])
@quick
@given(received=days, offsets=st.lists(st.integers(0, 10), max_size=3))
def test_first_clock_counted_by_other_code(
    slug: str, count: int, received: date, offsets: list[int]
) -> None:
    closures = [Closure(received + DAY * offset, "closed") for offset in offsets]
    off = {*load_city(slug).statute.calendar.legal_holidays, *(c.on for c in closures)}
    first = derived(slug, [Occurrence("received", received)], closures)[0]
    assert first.due_on == by_hand(received, count, off)


@quick
@given(received=days)
def test_ten_calendar_days_rolled_by_other_code(received: date) -> None:
    off = load_city(CONCORD).statute.calendar.legal_holidays
    day = received + DAY * 10
    while day.weekday() >= 5 or day in off:
        day += DAY
    assert derived(CONCORD, [Occurrence("received", received)])[0].due_on == day


@quick
@given(
    received=days,
    asked=st.integers(0, 20),
    took=st.integers(0, 40),
)
def test_toll_counted_by_other_code(received: date, asked: int, took: int) -> None:
    """ORS 192.329(4): the business days after the question through the answer are added."""
    off = set(load_city(OR).statute.calendar.legal_holidays)
    bare = by_hand(by_hand(received, 5, off), 10, off)
    question, answer = received + DAY * asked, received + DAY * (asked + took)
    added = sum(
        day.weekday() < 5 and day not in off
        for day in (question + DAY * i for i in range(1, took + 1))
    )
    expected = by_hand(bare, added, off) if question <= bare else bare
    events = [
        Occurrence("received", received),
        Occurrence("clarification_requested", question),
        Occurrence("clarified", answer),
    ]
    response = next(d for d in derived(OR, events) if d.clock == "response")
    assert response.due_on == expected
