"""The drawing: to scale, legible for ten days and for three years, and told in words."""

import re
from datetime import date, timedelta

import pytest

from cities.clocks.counting import CountedDay
from requests_app.casefile.content import timeline
from requests_app.casefile.content.drawing import MOST_TICKS, around
from requests_app.models import EventKind
from tests.casefile.papers import clock, mark, plain_book
from tests.factories import TODAY

K = EventKind


def drawn(**fields) -> str:
    return str(timeline.draw(plain_book(**fields)))


def labels(svg: str) -> list[tuple[float, float, str, str]]:
    """x, y, anchor and text of each text."""
    found = re.findall(r'<text x="([\d.-]+)" y="([\d.-]+)"[^>]*anchor="(\w+)"[^>]*>([^<]*)<', svg)
    return [(float(x), float(y), anchor, text) for x, y, anchor, text in found]


@pytest.mark.parametrize("days", [1, 10, 45, 200, 400, 1100, 3650, 14000])
def test_any_span_has_a_few_ticks(days: int):
    scale = around([TODAY, TODAY + timedelta(days=days)], left=0, right=600)

    ticks = scale.ticks()

    assert 2 <= len(ticks) <= MOST_TICKS
    assert all(scale.first <= tick.on <= scale.last for tick in ticks)


def test_places_are_to_scale():
    scale = around([TODAY, TODAY + timedelta(days=100)], left=0, right=600)

    first, middle, last = (scale.x(TODAY + timedelta(days=n)) for n in (0, 50, 100))

    assert middle - first == pytest.approx(last - middle)
    assert 0 < first < last < 600


@pytest.mark.parametrize("days", [10, 1100])
def test_labels_do_not_run_into_each_other_or_off_the_page(days: int):
    kinds = (K.SUBMITTED, K.FOLLOWED_UP, K.FEES_PAID, K.APPEAL_FILED, K.NARROWED)
    marks = tuple(
        mark(TODAY - timedelta(days=days * n // 40), f"Act of the kind {n}", kinds[n % 5])
        for n in range(40)
    )

    svg = drawn(marks=marks)

    named = [label for label in labels(svg) if label[3].startswith("Act")]
    assert len(named) >= 6
    spans = []
    for x, y, anchor, text in named:
        width = len(text) * timeline.CHARACTER
        begin = x - width if anchor == "end" else x
        assert begin >= 0
        assert begin + width <= timeline.WIDTH
        spans.append((y, begin, begin + width))
    for y, begin, end in spans:
        others = [s for s in spans if s != (y, begin, end) and s[0] == y]
        assert all(end <= b or begin >= e for _, b, e in others)


def test_chief_acts_are_named_before_others():
    crowd = [mark(TODAY, f"Message {n}", K.FOLLOWED_UP) for n in range(20)]

    svg = drawn(marks=(*crowd, mark(TODAY, "Request submitted", K.SUBMITTED)))

    assert "Request submitted" in svg


def test_late_clock_says_by_how_much_and_is_dark():
    svg = drawn(clocks=(clock(due_on=TODAY - timedelta(days=5), starts_on=TODAY - timedelta(9)),))

    assert "5 days late" in svg
    assert timeline.LATE in svg


def test_clock_that_was_met_in_time_is_not_dark():
    met = clock(
        status="met", due_on=TODAY - timedelta(2), met_on=TODAY - timedelta(3),
        starts_on=TODAY - timedelta(9),
    )  # fmt: skip

    svg = drawn(clocks=(met,))

    assert timeline.LATE not in svg
    assert "<polygon" in svg


def test_tolled_days_are_one_spell_across_a_weekend():
    days = tuple(
        CountedDay(date(2026, 10, day), None, "tolled: fee not yet paid", None)
        for day in (8, 9, 12, 13, 20)
    )

    spells = timeline.tolled(clock(days=days), TODAY)

    assert spells == [
        (date(2026, 10, 8), date(2026, 10, 13)),
        (date(2026, 10, 20), date(2026, 10, 20)),
    ]


def test_clock_that_stands_still_is_tolled_until_today():
    days = (CountedDay(date(2026, 10, 8), None, "tolled: fee not yet paid", None),)

    spells = timeline.tolled(clock(days=days, status="tolled", due_on=None), TODAY)

    assert spells == [(date(2026, 10, 8), TODAY)]


def test_drawing_is_told_in_words():
    told = timeline.alternative(
        plain_book(marks=(mark(TODAY, "Request submitted", K.SUBMITTED),)), [clock()]
    )

    assert "November 2, 2026: Request submitted." in told
    assert "The city’s time to answer: Nov 2, 2026 to Nov 12, 2026." in told


def test_text_in_the_drawing_is_escaped():
    svg = drawn(marks=(mark(TODAY, "<script>alert(1)</script>", K.SUBMITTED),))

    assert "<script>" not in svg
