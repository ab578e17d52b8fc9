"""What everybody reads gives away no number under five, whatever they work out of the rest."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from requests_app.models import CountedRequest, LogEntry, Role
from requests_app.research.figures.backlog import backlog
from requests_app.research.figures.every_figure import figures_of
from requests_app.research.figures.figure import Figure
from requests_app.research.figures.population import (
    Limit,
    Population,
    Stretch,
    Waited,
    population_of,
)
from requests_app.research.figures.scope import Scope
from requests_app.research.figures.small_counts import FEWER, NOT_SHOWN, withheld
from tests.factories import NOW, member
from tests.research.entries import logged
from tests.research.figures.test_figures import FILED, TODAY, counted

GRANTED, DENIED, PARTLY = "granted", "denied", "granted_in_part"


def for_everybody(slug: str, **found: Any) -> Figure:
    population = counted(**found)
    vars(population)["is_for_everybody"] = True
    [figure] = figures_of(population, [slug])
    return figure


def table_of(figure: Figure) -> dict[object, tuple[object, ...]]:
    return {row[0]: row[1:] for row in figure.table.rows}


def readings(shown: Sequence[int | str], whole: int) -> list[tuple[int, ...]]:
    """Every way in which the whole can be made up, for who knows what each word stands for."""
    is_said = FEWER in shown
    could_be = {FEWER: range(5), NOT_SHOWN: range(5 if is_said else 0, whole + 1)}
    ranges = [could_be[one] if isinstance(one, str) else (one,) for one in shown]
    return [counts for counts in product(*ranges) if sum(counts) == whole]


def test_no_small_number_can_be_worked_out_from_the_whole_and_what_is_shown() -> None:
    given_away = []
    for counts in product(range(8), repeat=3):
        gone = withheld(dict(enumerate(counts)))
        found = readings([gone.get(place, much) for place, much in enumerate(counts)], sum(counts))
        assert counts in found
        given_away += [
            counts
            for place, much in enumerate(counts)
            if 0 < much < 5 <= sum(counts) and len({one[place] for one in found}) == 1
        ]

    assert given_away == []


@pytest.mark.parametrize(
    ("counts", "gone"),
    [
        ({"a": 20, "b": 9, "c": 8}, {}),
        ({"a": 20, "b": 9, "c": 2}, {"c": FEWER, "b": NOT_SHOWN}),
        ({"a": 20, "b": 4, "c": 2}, {"b": FEWER, "c": FEWER}),
        ({"a": 20, "b": 9, "c": 4, "d": 4}, {"c": FEWER, "d": FEWER, "b": NOT_SHOWN}),
        ({"a": 20, "b": 0}, {"b": FEWER}),
        ({"a": 4, "b": 4}, {"a": NOT_SHOWN, "b": NOT_SHOWN}),
    ],
)
def test_as_many_are_withheld_as_it_takes(counts: dict[str, int], gone: dict[str, str]) -> None:
    assert withheld(counts) == gone


def test_one_denial_among_many_answers_is_in_no_cell_bar_or_number() -> None:
    found = Counter(
        {(GRANTED, False, False): 20, (PARTLY, False, False): 9, (DENIED, False, False): 1}
    )

    figure = for_everybody("outcomes", outcomes=found, answers=[Waited(10, GRANTED, 30)], filed=30)

    rows = table_of(figure)
    assert rows["Denied in writing"] == (FEWER, None, None)
    assert rows["Granted in part"] == (NOT_SHOWN, None, None)
    assert rows["Granted"][0] == 20
    assert {row[0] for row in figure.numbers.rows} == {GRANTED}
    assert figure.chart is not None
    drawn = {bar.label: (bar.words, bar.length) for bar in figure.chart.bars}
    assert drawn["Denied in writing"] == (FEWER, 0.0)
    assert "Denied in writing, fewer than five" in figure.chart.description


def test_the_sentence_does_not_say_it_either() -> None:
    found = Counter(
        {(GRANTED, False, False): 3, (DENIED, False, False): 20, (None, False, True): 9}
    )

    figure = for_everybody("outcomes", outcomes=found, answers=[Waited(10, DENIED, 32)], filed=32)

    assert figure.says == (
        "How many of 32 were granted: fewer than five; how many have met silence past the law’s "
        "day: not shown."
    )


def test_what_is_drawn_from_too_few_does_not_say_from_how_few() -> None:
    found = Counter({(GRANTED, False, False): 3})

    figure = for_everybody("outcomes", outcomes=found, answers=[Waited(10, GRANTED, 3)], filed=4)

    assert (figure.n_said, figure.chart, figure.table.rows) == (FEWER, None, ())
    assert figure.says == "There are fewer than five: nothing is drawn from them."
    assert figure.leaves_out == ""


def test_a_way_of_ending_that_few_came_to_has_no_line_and_no_remainder() -> None:
    answers = [Waited(10, GRANTED, 20), Waited(12, DENIED, 1), Waited(60, "", 9)]

    figure = for_everybody("endings", answers=answers, filed=30)

    assert figure.table.headings == ("After", "Granted")
    assert figure.numbers.headings == ("days", "at_risk", GRANTED)
    assert "denied" not in figure.says.lower()


def test_a_wait_that_few_came_to_the_end_of_is_not_drawn() -> None:
    records = [Waited(10, GRANTED, 2), Waited(60, "", 28)]

    figure = for_everybody("records", first_records=records, answers=records, filed=30)

    assert (figure.chart, figure.table.rows, figure.numbers.rows) == (None, (), ())
    assert figure.says == "Fewer than five of 30 requests had records so far: nothing is drawn."


def test_few_that_still_wait_are_called_fewer_than_five() -> None:
    answers = [Waited(10, GRANTED, 28), Waited(60, "", 2)]

    figure = for_everybody("determination", answers=answers, filed=31)

    assert "Fewer than five requests of 30 had not come to it" in figure.says
    assert "So are fewer than five of which it is not known" in figure.leaves_out


def limit(days_late: int, n: int) -> Limit:
    is_late = days_late > 0
    return Limit("response", "§ 1", "met", days_late, is_late, is_late, n)


def test_few_late_answers_are_not_counted_out() -> None:
    figure = for_everybody("late-answers", limits=[limit(0, 20), limit(12, 2), limit(40, 9)])

    rows = table_of(figure)
    assert rows["11 to 30 days late"] == (FEWER, None)
    assert rows["31 to 90 days late"] == (NOT_SHOWN, None)
    assert rows["On time"] == (20, "65%")
    assert figure.says.startswith("35% of answers were late or are overdue (11 of 31;")
    assert figure.numbers.rows == ()


@pytest.mark.parametrize(
    ("on_time", "late", "says"),
    [
        (20, 2, "Fewer than five of 22 answers were late or are overdue."),
        (2, 20, "All but fewer than five of 22 answers were late or are overdue."),
    ],
)
def test_the_sentence_on_late_answers_names_neither_part(
    on_time: int, late: int, says: str
) -> None:
    figure = for_everybody("late-answers", limits=[limit(0, on_time), limit(12, late)])

    assert figure.says == says


def test_a_fee_of_one_request_is_no_sum() -> None:
    figure = for_everybody(
        "fees",
        fees_asked=Counter({"120.00": 1, None: 29}),
        fees_paid=Counter({"10.00": 6}),
        answers=[Waited(10, GRANTED, 30)],
        filed=30,
    )

    assert table_of(figure)["Asked"] == (FEWER, None, None)
    assert figure.table.headings == ("", "Requests", "Median", "Sum")
    assert "120" not in f"{figure.says}{figure.table}{figure.numbers}{figure.chart}"


def test_the_backlog_says_no_small_total_and_no_parts() -> None:
    days = [FILED + timedelta(days=one) for one in (0, 20)]
    found: dict[str, Any] = {
        "answers": [Waited(20, GRANTED, 28), Waited(60, "", 2)],
        "began_to_wait": [Stretch(days[0], 0, 28), Stretch(days[0], 2, 2)],
        "ended_waiting": [Stretch(days[1], 0, 28)],
        "filed": 30,
    }

    figure = for_everybody("backlog", **found)

    assert figure.table.headings == ("At the end of", "Waiting")
    assert {row[1] for row in figure.table.rows} == {FEWER}
    assert figure.says.endswith("fewer than five.")
    ours: Population = counted(**found)
    assert [row[-1] for row in backlog(ours).table.rows] == [2, 2, 2]
    assert ours.on == TODAY


@pytest.mark.django_db
def test_one_appeal_that_was_won_is_in_no_cell_of_its_route() -> None:
    researcher = member(Role.RESEARCHER)
    for place in range(30):
        outcome = "reversed" if place == 0 else "dismissed" if place < 10 else "affirmed"
        logged(researcher, body="Board", state="decided", outcome=outcome)
    logged(researcher, body="Court")
    entries = LogEntry.objects.all()
    nothing = CountedRequest.objects.none()
    population = population_of(nothing, entries, Scope(), at=NOW, is_for_everybody=True)

    [figure] = figures_of(population, ["appeals"])

    routes = {str(row[0]).partition(",")[0]: row[1] for row in figure.table.rows}
    assert routes == {"Board": NOT_SHOWN, "Court": NOT_SHOWN}
    assert figure.table.headings == ("Route", "Filed", "Median time to a decision")
    assert figure.chart is not None
    assert "Reversed, fewer than five" in figure.chart.description
    assert "Affirmed, 20 of 31" in figure.chart.description
    assert "reversed or modified" not in figure.says
    assert figure.numbers.rows == ()


def test_no_step_of_a_wait_is_of_a_single_request() -> None:
    answers = [Waited(day, GRANTED, 1) for day in range(1, 16)] + [Waited(90, "", 6)]

    figure = for_everybody("determination", answers=answers, filed=21)

    assert [(row[0], row[2]) for row in figure.numbers.rows] == [(5, 5), (10, 5), (15, 5)]
    assert [row[0] for row in figure.table.rows] == ["5 days", "10 days", "15 days"]
    assert figure.says.startswith("Half of the requests were answered within 15 days")
    assert "put together on the last day" in figure.counts


def test_a_median_behind_the_last_step_of_five_is_not_said() -> None:
    answers = [Waited(day, GRANTED, 1) for day in range(1, 13)]

    figure = for_everybody("determination", answers=answers, filed=12)

    assert figure.says == (
        "How soon half were answered is not shown: too few waited so long. 0 requests of 12 had "
        "not come to it when last counted."
    )
    assert [row[0] for row in figure.numbers.rows] == [5]


def test_no_step_of_how_soon_which_answer_came_is_of_a_single_request() -> None:
    answers = [
        *(Waited(day, GRANTED, 1) for day in range(1, 11)),
        *(Waited(day, DENIED, 1) for day in range(3, 8)),
        Waited(60, "", 9),
    ]

    figure = for_everybody("endings", answers=answers, filed=24)

    # Granted alone has five by day 5, where three were denied: both have five by day 7.
    assert [row[0] for row in figure.numbers.rows] == [7]
    assert figure.table.rows[0][:2] == ("7 days", "29%")
    ours = counted(answers=answers, filed=24)
    [exact] = figures_of(ours, ["endings"])
    assert len(exact.numbers.rows) > 5


def test_answers_that_never_come_to_five_of_a_kind_have_no_curve_at_all() -> None:
    answers = [Waited(10, GRANTED, 3), Waited(11, DENIED, 3), Waited(60, "", 9)]

    figure = for_everybody("endings", answers=answers, filed=15)

    assert (figure.chart, figure.table.rows) == (None, ())
    assert figure.says == "Too few of 15 have ended in any one way to say more."
