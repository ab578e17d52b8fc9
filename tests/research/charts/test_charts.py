"""Where the charts put their lines and bars, and what every one of them says of itself."""

import re
from xml.etree import ElementTree

import pytest

from requests_app.research.charts.bars import Counted, bar_chart
from requests_app.research.charts.curves import incidence_chart, survival_chart
from requests_app.research.charts.drawing import Chart, svg_of
from requests_app.research.charts.paper import Plot, Tick, round_numbers
from requests_app.research.charts.stacks import Column, stack_chart
from requests_app.research.statistics.survival import Wait, incidence_of, survival_of

SVG = "{http://www.w3.org/2000/svg}"
# Ten requests, one answered a day, of which the first two are on one day and the last is open.
TEN = [Wait(1, "granted", 2), *(Wait(day, "denied") for day in range(2, 9)), Wait(9)]


def _survival() -> Chart:
    return survival_chart("Time to answer", "Ten requests.", survival_of(TEN), "days")


def _incidence() -> Chart:
    labels = [("granted", "Granted"), ("denied", "Denied")]
    return incidence_chart("Ways of ending", "Ten requests.", incidence_of(TEN), labels, "days")


def _bars() -> Chart:
    return bar_chart("Outcomes", "Ten requests.", [Counted("Granted", 0.2, "2 of 10", 0.05, 0.5)])


def _stacks() -> Chart:
    return stack_chart("Waiting", "By month.", ["new", "old"], [Column("Jan", (3, 1))])


EACH = pytest.mark.parametrize("make", [_survival, _incidence, _bars, _stacks])


@EACH
def test_every_chart_has_a_role_a_title_and_a_description(make) -> None:
    chart = make()
    drawn = ElementTree.fromstring(svg_of(chart, "one"))

    assert drawn.get("role") == "img"
    assert drawn.find(f"{SVG}title").text == chart.title
    assert drawn.find(f"{SVG}desc").text == chart.description
    assert drawn.get("aria-labelledby").split() == ["one-title", "one-desc"]


@EACH
def test_no_chart_has_what_the_content_security_policy_forbids(make) -> None:
    drawn = svg_of(make(), "one")

    assert re.findall(r"<script|<style|\sstyle=|\son\w+=|href", drawn) == []


@EACH
def test_two_of_one_chart_share_no_id(make) -> None:
    ids = [set(re.findall(r'id="([^"]+)"', svg_of(make(), name))) for name in ("one", "another")]

    assert ids[0] & ids[1] == set()


def test_words_of_a_city_cannot_become_markup() -> None:
    chart = bar_chart("Outcomes", "d", [Counted("<b>Clerk & Sons</b>", 1, "1 of 1")])

    drawn = ElementTree.fromstring(svg_of(chart, "one"))

    assert [text.text for text in drawn.iter(f"{SVG}text")] == ["<b>Clerk & Sons</b>", "1 of 1"]


def test_a_curve_goes_on_level_until_each_day_and_then_falls() -> None:
    chart = survival_chart("t", "d", survival_of([Wait(5, "granted"), Wait(10, "granted", 5)]), "")

    # From 46 to 466 for ten days, from 222 up to 12 for all: 5/6 are left after day 5.
    assert chart.lines[0].path == "M46.0 12.0H256.0V47.0H466.0V222.0H466.0"
    assert chart.until == 10


def test_a_curve_ends_where_fewer_than_five_still_wait() -> None:
    assert survival_chart("t", "d", survival_of(TEN), "").until == 5


def test_a_curve_is_drawn_for_a_year() -> None:
    waits = [Wait(day, "granted") for day in range(300, 500)]

    assert survival_chart("t", "d", survival_of(waits), "").until == 365


def test_a_stroke_stands_where_something_is_counted_no_further() -> None:
    waits = [Wait(5, "", 2), Wait(10, "granted", 6)]

    assert survival_chart("t", "d", survival_of(waits), "").marks == "M256.0 7.0v10.0"


def test_the_band_is_the_interval_there_and_back() -> None:
    waits = [Wait(5, "granted", 3), Wait(10, "granted", 7)]

    # 7/10 are left after day 5: between .329 and .892; none is defined once all have ended.
    assert survival_chart("t", "d", survival_of(waits), "").band == (
        "M256.0 34.7H466.0L466.0 153.0H256.0Z"
    )


def test_a_curve_of_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="enough still wait"):
        survival_chart("t", "d", survival_of([Wait(3, "granted", 4)]), "")


def test_ways_of_ending_have_a_line_each_with_its_own_dash() -> None:
    chart = _incidence()
    drawn = ElementTree.fromstring(svg_of(chart, "one"))
    lines = [path for path in drawn.iter(f"{SVG}path") if path.get("class") == "chart-line"]

    # Two of ten on the first day: 42 of 210.
    assert chart.lines[0].path == "M46.0 222.0H130.0V180.0H466.0"
    assert [path.get("stroke-dasharray") for path in lines] == [None, "7 3"] * 2  # and the legend


def test_parts_of_a_bar_stand_upon_each_other() -> None:
    chart = stack_chart("t", "d", ["new", "old"], [Column("Jan", (3, 1)), Column("Feb", (0, 2))])

    assert [(block.key, block.top, block.height) for block in chart.blocks] == [
        (0, 64.5, 157.5), (1, 12.0, 52.5), (1, 117.0, 105.0),
    ]  # fmt: skip


def test_of_many_moments_some_are_named() -> None:
    columns = [Column(str(number), (1,)) for number in range(24)]

    labels = stack_chart("t", "d", ["all"], columns).labels

    assert [tick.label for tick in labels] == ["0", "3", "6", "9", "12", "15", "18", "21"]


def test_a_chart_over_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a moment"):
        stack_chart("t", "d", ["all"], [])


def test_a_bar_is_as_long_as_its_share_of_the_whole() -> None:
    chart = bar_chart("t", "d", [Counted("a", 0.25, ""), Counted("b", 1, "")])

    assert [bar.length for bar in chart.bars] == [119.0, 476.0]


@pytest.mark.parametrize(
    ("most", "numbers"),
    [
        (0.5, [0]),
        (4, [0, 1, 2, 3, 4]),
        (23, [0, 5, 10, 15, 20]),
        (365, [0, 100, 200, 300]),
        (4_000, [0, 1000, 2000, 3000, 4000]),
    ],
)
def test_axes_count_in_round_numbers(most: float, numbers: list[int]) -> None:
    assert round_numbers(most, 6) == numbers


def test_percent_stand_beside_their_lines() -> None:
    assert Plot(10).percent_ticks[2] == Tick(117.0, "50%")
