"""What the figures say of days and counts that are given to them, worked by hand."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from requests_app.models import CountedRequest, LogEntry
from requests_app.research.figures.backlog import backlog
from requests_app.research.figures.endings import outcomes, ways_of_ending
from requests_app.research.figures.every_figure import FIGURES, TITLES
from requests_app.research.figures.fees import fees
from requests_app.research.figures.figure import in_days, percent
from requests_app.research.figures.lateness import late_acknowledgments, late_answers
from requests_app.research.figures.population import Limit, Population, Stretch, Waited
from requests_app.research.figures.scope import Scope
from requests_app.research.figures.waits import time_to_determination

TODAY = date(2026, 11, 2)
FILED = date(2026, 9, 3)  # sixty days before


def counted(*, filed: int = 0, **found: Any) -> Population:
    """With what the database would find given by hand: no query is made."""
    population = Population(
        CountedRequest.objects.none(), LogEntry.objects.none(), Scope(), TODAY, filed
    )
    vars(population).update(found)
    return population


def after(days: int) -> date:
    return FILED + timedelta(days=days)


# Ten requests: three answered on day 10, two on day 20, one withdrawn on day 15, four open.
TEN = [
    Waited(10, "granted", 3),
    Waited(20, "denied", 2),
    Waited(15, "ended", 1),
    Waited(60, "", 4),
]
BEGAN = [Stretch(FILED, 0, 6), Stretch(FILED, 2, 4)]
ENDED = [Stretch(after(10), 0, 3), Stretch(after(20), 0, 2), Stretch(after(15), 0, 1)]


def test_half_and_still_open_are_said_of_a_wait() -> None:
    # 7/10 wait after day 10; six are at risk on day 20, so 7/10 × 4/6 = 47 % after it.
    figure = time_to_determination(counted(answers=TEN, filed=10))

    assert figure.n == 10
    assert figure.says.startswith("Half of the requests were answered within 20 days (95% interval")
    assert figure.says.endswith("5 requests of 10 had not come to it when last counted.")
    assert [(row[0], row[1], row[3]) for row in figure.table.rows] == [
        ("5 days", "100%", 10), ("10 days", "70%", 10), ("20 days", "47%", 6),
    ]  # fmt: skip


def test_a_median_that_is_not_reached_is_called_so() -> None:
    open_ones = [Waited(10, "granted", 1), Waited(60, "", 9)]

    figure = time_to_determination(counted(answers=open_ones, filed=10))

    assert figure.says == (
        "Median not reached: fewer than half were answered so far. "
        "9 requests of 10 had not come to it when last counted."
    )


def test_four_are_not_drawn() -> None:
    figure = time_to_determination(counted(answers=[Waited(3, "granted", 4)]))

    assert figure.says == "There are only 4: nothing is drawn from fewer than five."
    assert (figure.chart, figure.table.rows, figure.numbers.rows) == (None, (), ())


def test_what_is_not_known_to_have_reached_the_city_is_said() -> None:
    assert (
        "2 requests of which it is not known that the city had it are left out."
        in time_to_determination(counted(answers=TEN, filed=12)).leaves_out
    )


def test_ways_of_ending_count_what_we_ended_as_one_of_them() -> None:
    # Granted 3/10 on day 10; withdrawn 7/10 × 1/7 on day 15; denied 6/10 × 2/6 on day 20.
    figure = ways_of_ending(counted(answers=TEN, filed=10))

    assert figure.table.headings == (
        "After", "Granted", "Denied in writing", "Withdrawn, closed or lapsed without an answer",
        "Still open",
    )  # fmt: skip
    assert figure.table.rows[-1] == ("20 days", "30%", "20%", "10%", "40%")


def test_outcomes_tell_silence_from_time_that_is_left() -> None:
    figure = outcomes(
        counted(
            answers=TEN,
            filed=10,
            outcomes=Counter(
                {
                    ("granted", True, False): 3,
                    ("denied", False, True): 2,  # answered after its day: no silence
                    (None, True, False): 1,
                    (None, False, True): 3,
                    (None, False, False): 1,
                }
            ),
        )
    )

    assert {row[0]: row[1] for row in figure.table.rows if row[1]} == {
        "Granted": 3,
        "Denied in writing": 2,
        "Withdrawn, closed or lapsed without an answer": 1,
        "Silent: no answer, and its day has passed": 3,
        "No answer yet, and no day has passed": 1,
    }
    assert figure.says == (
        "30% were granted (3 of 10; 95% interval 11–60%); 30% have met silence past the law’s day "
        "(3)."
    )


def limit(
    late: int | None, n: int, *, status: str = "met", strict: int = 0, clock: str = "response"
) -> Limit:
    """Met so many days after its day, where the strict reading's is `strict` days earlier."""
    strictly = late is None or late + strict > 0
    return Limit(clock, "Conn. Gen. Stat. § 1-206(a)", status, late, True, strictly, n)


LIMITS = [
    limit(0, 4),
    limit(-3, 1),
    limit(1, 2),
    limit(10, 1),
    limit(11, 1),
    limit(91, 2),
    limit(None, 3, status="running"),
    limit(None, 7, status="void"),
    Limit("response", "", "running", None, False, False, 5),
    Limit("response", "", "tolled", None, False, False, 1),
    limit(40, 50, clock="acknowledgement"),
]


def test_late_answers_are_counted_by_how_late_they_are() -> None:
    # 14 that were met or are overdue: 4 + 1 on time, 3 up to ten days late, 1 up to thirty, 2 over
    # ninety, 3 that have not come.
    figure = late_answers(counted(limits=LIMITS))

    assert figure.n == 14
    assert figure.table.rows == (
        ("On time", 5, "36%"),
        ("1 to 10 days late", 3, "21%"),
        ("11 to 30 days late", 1, "7%"),
        ("31 to 90 days late", 0, "0%"),
        ("more than 90 days late", 2, "14%"),
        ("Not yet, and the day has passed", 3, "21%"),
    )
    # Of 1, 1, 10, 11, 91, 91 the third and fourth make 10.5; quartiles at 1 and 3/4 of the rest.
    assert figure.says == (
        "64% of answers were late or are overdue (9 of 14; 95% interval 39–84%). "
        "Half of the late answers that came were late by 10.5 days or more (quartiles 3.25 and "
        "71). 3 of them had still not come."
    )
    assert figure.leaves_out == (
        "Left out: 5 limits that had not run out yet and 8 limits without a day, or that ended "
        "otherwise."
    )
    assert "(Conn. Gen. Stat. § 1-206(a))" in figure.counts


def test_the_strictest_reading_is_said_where_it_differs() -> None:
    figure = late_answers(counted(limits=[limit(0, 3), limit(0, 2, strict=1), limit(5, 4)]))

    assert figure.says.endswith("On the strictest reading of the law 6 were.")


def test_acknowledgments_are_counted_by_their_own_clock() -> None:
    assert late_acknowledgments(counted(limits=LIMITS)).n == 50


def test_fees_are_summed_from_what_was_asked_and_paid() -> None:
    figure = fees(
        counted(
            n=10,
            answers=TEN,
            filed=10,
            fees_asked=Counter({None: 5, "40.00": 3, "120.50": 1, "300.00": 1, "0.00": 1}),
            fees_paid=Counter({"40.00": 2, None: 1}),
        )
    )

    assert figure.table.rows == (
        ("Asked", 5, "$40.00", "$40.00", "$300.00", "$540.50"),
        ("Paid", 2, "–", "–", "–", "$80.00"),
    )
    assert figure.says == (
        "A fee was asked for 50% of the requests (95% interval 24–76%), half of them for $40.00 or "
        "more. $540.50 were asked in all, $80.00 were paid."
    )


def test_backlog_counts_who_waits_at_the_end_of_each_month() -> None:
    # Filed on September 3. At the end of the 30th all ten but the three and the two and the one
    # have waited 27 days; by October 31 those four 58 days, and today 60.
    figure = backlog(counted(answers=TEN, began_to_wait=BEGAN, ended_waiting=ENDED, filed=10))

    assert figure.table.rows == (
        ("Sep 30, 2026", 4, 0, 0, 4),
        ("Oct 31, 2026", 0, 4, 0, 4),
        ("Nov 2, 2026", 0, 4, 0, 4),
    )


def test_backlog_moves_to_the_next_part_with_its_age() -> None:
    # Filed on October 1: 30 days old at the end of October 31.
    began = [Stretch(date(2026, 10, 1), 0, 2), Stretch(date(2026, 10, 1), 1, 3)]
    ended = [Stretch(date(2026, 10, 30), 0, 2), Stretch(date(2026, 11, 1), 1, 3)]
    found = counted(answers=[Waited(30, "granted", 5)], began_to_wait=began, ended_waiting=ended)

    assert [row[1:] for row in backlog(found).table.rows] == [
        (0, 3, 0, 3), (0, 0, 0, 0),
    ]  # fmt: skip


def test_backlog_of_many_years_is_told_by_the_year() -> None:
    found = counted(
        answers=[Waited(4000, "", 5)],
        began_to_wait=[Stretch(date(2014, 5, 1), 2, 5)],
        ended_waiting=[],
        filed=5,
    )

    days = [row[0] for row in backlog(found).table.rows]

    assert (days[0], days[-2:], len(days)) == (
        "Dec 31, 2014", ["Dec 31, 2025", "Nov 2, 2026"], 13,
    )  # fmt: skip


def test_every_figure_has_its_title_once() -> None:
    assert list(TITLES) == list(FIGURES)


def test_a_share_that_is_not_all_is_not_called_so() -> None:
    assert [percent(share) for share in (0, 0.001, 0.5, 0.999, 1)] == [
        "0%", "under 1%", "50%", "over 99%", "100%",
    ]  # fmt: skip
    assert [in_days(days) for days in (None, 1, 10.5, 12_345)] == [
        "not reached", "1 day", "10.5 days", "12,345 days",
    ]  # fmt: skip
