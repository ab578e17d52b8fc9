"""A clock in a few words: its colour, its date or what is left, and why; and the one to show."""

from datetime import date
from typing import Any

import pytest

from requests_app.models import Deadline, Headline
from requests_app.policy.clock_pill import headline_pill, pill_of, tone_of

TODAY = date(2026, 11, 2)  # a Monday


def clock(**fields: Any) -> Deadline:
    """The city's time to answer, running until Friday, unless said otherwise."""
    usual = {
        "clock": "response",
        "whose": "city",
        "status": "running",
        "due_on": date(2026, 11, 6),
        "citation": "Conn. Gen. Stat. § 1-206(a)",
    }
    return Deadline(**{**usual, **fields})


def ours(**fields: Any) -> Deadline:
    return clock(**{"clock": "appeal", "whose": "ours", **fields})


def reminder(**fields: Any) -> Deadline:
    return ours(**{"clock": "reminder", "is_reminder": True, "citation": "", **fields})


@pytest.mark.parametrize(
    ("deadline", "tone", "words"),
    [
        (clock(status="met", met_on=date(2026, 10, 30)), "calm", "done Fri Oct 30"),
        (clock(status="met"), "calm", "done"),
        (clock(status="tolled"), "hold", "tolled"),
        (clock(status="void"), "hold", "not running"),
        (clock(due_on=None), "hold", "not running"),
        (clock(due_on=date(2026, 10, 30)), "late", "3 days late"),
        (clock(due_on=date(2026, 11, 1)), "late", "1 day late"),
        (clock(due_on=TODAY), "soon", "today"),
        (clock(due_on=date(2026, 11, 3)), "soon", "Tue Nov 3"),
        (clock(due_on=date(2026, 11, 9)), "soon", "Mon Nov 9"),
        (clock(due_on=date(2026, 11, 10)), "calm", "Tue Nov 10"),
        (clock(due_on=date(2027, 1, 4)), "calm", "Mon Jan 4, 2027"),
        (clock(due_on=date(2026, 11, 1), status="projected"), "calm", "Sun Nov 1"),
        (ours(due_on=date(2026, 11, 1)), "late", "window closed"),
        (ours(due_on=date(2026, 10, 30), latest_on=date(2026, 11, 1)), "late", "window closed"),
        (ours(due_on=date(2026, 11, 1), latest_on=TODAY), "late", "perhaps until Mon Nov 2"),
        (ours(due_on=TODAY), "soon", "today"),
        (ours(due_on=date(2026, 11, 3)), "soon", "1 day left"),
        (ours(due_on=date(2026, 11, 16)), "soon", "14 days left"),
        (ours(due_on=date(2026, 11, 17)), "calm", "15 days left"),
        (ours(due_on=date(2026, 12, 2)), "calm", "30 days left"),
        (ours(due_on=date(2026, 12, 3)), "calm", "Thu Dec 3"),
        (reminder(due_on=date(2026, 11, 1)), "soon", "since Sun Nov 1"),
        (reminder(due_on=date(2026, 11, 12)), "calm", "Thu Nov 12"),
    ],
)
def test_a_clock_in_a_few_words(deadline: Deadline, tone: str, words: str) -> None:
    pill = pill_of(deadline, today=TODAY)

    assert (pill.tone, pill.text) == (tone, words)
    assert tone_of(deadline, TODAY) == tone
    assert pill.is_late == (tone == "late")
    assert (pill.deadline, pill.due_on) == (deadline, deadline.due_on)


@pytest.mark.parametrize(
    ("deadline", "why"),
    [
        (clock(), "to answer · Conn. Gen. Stat. § 1-206(a)"),
        (
            clock(due_on=date(2026, 10, 30)),
            "to answer · by Fri Oct 30 · Conn. Gen. Stat. § 1-206(a)",
        ),
        (
            ours(due_on=date(2026, 10, 30), latest_on=TODAY),
            "to appeal · safe by Fri Oct 30 · Conn. Gen. Stat. § 1-206(a)",
        ),
        (
            clock(status="projected"),
            "to answer · if the city stays silent · Conn. Gen. Stat. § 1-206(a)",
        ),
        (clock(citation="ORS 192.324(2); ORS 192.329"), "to answer · ORS 192.324(2)"),
        (clock(citation=""), "to answer"),
        (clock(due_on=None, citation=""), "to answer"),
        (reminder(), "newsroom reminder, no legal clock"),
    ],
)
def test_why_a_date_stands_there(deadline: Deadline, why: str) -> None:
    assert pill_of(deadline, today=TODAY).why == why


def test_beside_what_the_city_missed_stands_until_when_we_may_act() -> None:
    missed = clock(due_on=date(2026, 10, 30))
    window = ours(due_on=date(2026, 11, 20), latest_on=date(2026, 11, 23))
    shown = headline_pill(Headline(clock=missed, window=window), today=TODAY)
    after = headline_pill(Headline(clock=missed, window=window), today=date(2026, 11, 21))

    assert shown
    assert shown.why == (
        "to answer · by Fri Oct 30 · Conn. Gen. Stat. § 1-206(a) · to appeal by Fri Nov 20"
    )
    assert after
    assert after.why.endswith("to appeal by Mon Nov 23")


def test_beside_a_clock_that_still_runs_stands_nothing_and_without_a_clock_there_is_no_pill() -> (
    None
):
    running, window = clock(), ours(due_on=date(2026, 11, 20))

    assert headline_pill(Headline(clock=running, window=window), today=TODAY) == pill_of(
        running, today=TODAY
    )
    assert headline_pill(Headline(), today=TODAY) is None
