"""Board, request page, API, calendar, digest and letters say one thing: one day, side and step.

Each test walks every history of a city on every day that matters to it. What it finds is a list of
sentences, one for each contradiction, so that a failure can be read.
"""

import re
from datetime import timedelta

import pytest

from cities.schema.load import load_city
from requests_app.vocabulary.clocks import LAST_DAY, describe_clock
from requests_app.vocabulary.dates_and_amounts import weekday
from requests_app.vocabulary.headlines import Section, Turn
from requests_app.vocabulary.states import OPEN, PENDING, RequestState
from tests.one_answer.surfaces import Clock, DigestLine, Told

pytestmark = pytest.mark.second_pass(city="us-or/portland")

DIGEST_AHEAD = timedelta(days=14)
LOST, LATE = "ABOUT TO BE LOST", "LATE"
WAITING = re.compile(r"\bwait\b|is the turn of", re.IGNORECASE)
DECIDING_TO_WAIT = re.compile(r"or decide to wait|waits for your answer", re.IGNORECASE)
WE_HAVE_UNTIL = re.compile(
    r"(?:have until|by) ((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} \d+(?:, \d{4})?)"
)
NO_DENIAL = re.compile(
    r"silence[^.;:]{0,60}\b(?:is|was) (?:no|not a) denial|\bnot a denial\b", re.IGNORECASE
)


# One day.


def test_the_board_and_the_page_show_one_clock(told: list[Told]) -> None:
    assert [f"{one}: {one.row.clock!r}, {one.page.clock!r}" for one in told if differ(one)] == []


def differ(one: Told) -> bool:
    """A row without a clock names its step in its place; the page's title may be shorter."""
    shown = one.page.clock or one.page.title.lower()
    return shown not in {one.row.clock, "next: wait"}


def test_the_calendar_has_the_day_of_every_clock_that_is_open(told: list[Told]) -> None:
    for one in told:
        ahead = {clock: day for clock, (day, _) in one.calendar.items() if day >= one.today}
        due = {key(clock): clock.due_on for clock in open_clocks(one) if clock.due_on}

        assert ahead == {clock: day for clock, day in due.items() if day >= one.today}, one


def test_the_api_puts_a_request_where_the_board_does(told: list[Told]) -> None:
    for one in told:
        assert one.summary.section == one.row.section, one


def test_the_api_names_the_first_time_of_ours_that_ends(told: list[Told]) -> None:
    for one in told:
        ends = [window.due_on for window in one.windows if window.due_on]
        if one.summary.window:
            assert one.summary.window[1] == min(ends), one
        else:
            assert ends == [], one


def test_the_page_explains_every_clock_in_the_words_of_the_api(told: list[Told]) -> None:
    for one in told:
        shown = [clock.text for clock in one.clocks if clock.status != "void" and is_shown(clock)]

        assert sorted(one.page.explained) == sorted(shown), one


def test_the_digest_gives_each_clock_the_day_that_the_api_gives_it(told: list[Told]) -> None:
    found = [
        f"{one}: {line}" for one in told for line in of_clocks(one) if not clocks_meant(line, one)
    ]
    assert found == []


def test_a_letter_names_the_day_of_a_clock_that_is_still_to_be_answered(told: list[Told]) -> None:
    for one in told:
        named = {weekday(c.due_on) for c in one.clocks if is_the_answers(c) and c.due_on}
        for letter in one.letters:
            due = letter.facts.get("response_due_on")
            assert due is None or due in named, f"{one}: {letter}"


def test_an_appeal_over_silence_names_the_day_that_the_board_calls_late(told: list[Told]) -> None:
    for one in told:
        missed = [c for c in one.clocks if is_the_answers(c) and c.is_missed_on(one.today)]
        for letter in one.letters:
            if letter.challenges == "silence" and missed:
                days = {weekday(c.due_on) for c in missed if c.due_on}
                assert letter.facts.get("violation_on") in days, f"{one}: {letter}"


# One side.


def test_a_time_of_ours_is_nowhere_the_citys(told: list[Told]) -> None:
    for one in told:
        theirs = {c.due_on for c in one.clocks if c.whose != "ours" and c.runs_on(one.today)}
        for window in one.windows:
            _, summary = one.calendar[key(window)]
            assert LAST_DAY["ours"] in summary, f"{one}: {summary}"
            assert one.summary.turn == Turn.OURS or one.summary.is_late, f"{one}: {one.summary}"
            if window.due_on not in theirs:
                assert f"It has until {one.in_words(window.due_on)}" not in one.page.text, one


def test_while_a_time_of_ours_runs_the_request_stands_where_somebody_acts(
    told: list[Told],
) -> None:
    found = [
        f"{one}: {one.row}"
        for one in told
        if one.windows and one.row.section not in {Section.LATE, Section.TO_DO}
    ]
    assert found == []


def test_what_is_late_is_the_citys_and_late_on_every_page(told: list[Told]) -> None:
    for one in told:
        missed = [clock for clock in one.clocks if clock.is_missed_on(one.today)]
        if one.row.section == Section.LATE:
            assert missed, f"{one}: {one.row}"
        for line in of_clocks(one):
            if line.heading == LATE:
                assert set(clocks_meant(line, one)) <= set(missed), f"{one}: {line}"


def test_the_digest_puts_our_time_under_what_may_be_lost(told: list[Told]) -> None:
    for one in told:
        lost = [clocks_meant(line, one) for line in of_clocks(one) if line.heading == LOST]
        assert all(clock.whose == "ours" for clocks in lost for clock in clocks), one
        for window in one.windows:
            if window.due_on and window.due_on <= one.today + DIGEST_AHEAD:
                assert any(window in clocks for clocks in lost), f"{one}: {window}"


def test_the_calendar_says_whose_day_each_is(told: list[Told]) -> None:
    for one in told:
        for clock in open_clocks(one):
            if not clock.is_reminder and key(clock) in one.calendar:
                _, summary = one.calendar[key(clock)]
                described = describe_clock(clock.clock)
                whose = f": {LAST_DAY[clock.whose]} {described.duty}"
                wanted = f": {described.name} (" if described.is_entered else whose
                assert wanted in summary, f"{one}: {summary}"


# One step.


def test_the_board_and_the_page_lead_to_one_step(told: list[Told]) -> None:
    found = [
        f"{one}: {one.row.step!r}, {one.page.title!r} {one.page.button!r}"
        for one in told
        if not is_one_step(one)
    ]
    assert found == []


def is_one_step(one: Told) -> bool:
    """The page goes further where the board says "See the routes": it drafts one of them."""
    if one.page.title == "Next: wait":
        return one.row.step.startswith("wait ")
    if one.row.step == "See the routes" and one.page.button.startswith("Draft: "):
        return one.page.button.removeprefix("Draft: ") in {**one.page.routes, **one.page.informal}
    return one.row.step == one.page.button


def test_nothing_says_wait_while_a_time_of_ours_runs(told: list[Told]) -> None:
    found = [
        f"{one}: {words}"
        for one in told
        if one.windows
        for words in (one.row.clock, one.row.step, one.page.title, one.page.text)
        if WAITING.search(DECIDING_TO_WAIT.sub("", words))
    ]
    assert found == []


def test_no_sentence_says_that_silence_is_no_denial(told: list[Told]) -> None:
    found = {
        sentence
        for one in told
        for words in everything(one)
        for sentence in NO_DENIAL.findall(words)
    }
    assert found == set()


# Our times, and the routes that they are for.


def test_every_time_of_ours_that_runs_belongs_to_one_route_offered(told: list[Told]) -> None:
    found = []
    for one in told:
        names = {route.slug: route.name for route in load_city(one.history.city).all_routes()}
        for window in one.windows:
            day = one.in_words(window.due_on)
            having = [name for name, words in one.page.routes.items() if day in words]
            if having != [names[window.route]]:
                found.append(f"{one}: {window.route} until {day}, shown for {having}")
    assert found == []


def test_every_route_with_a_clock_has_a_time_of_ours_that_runs(told: list[Told]) -> None:
    found = []
    for one in told:
        routes = {route.name: route for route in load_city(one.history.city).all_routes()}
        running = {window.route for window in one.windows}
        for name, words in one.page.routes.items():
            is_offered = "Draft the appeal" in words and "window closed" not in words
            if routes[name].clock and is_offered and routes[name].slug not in running:
                found.append(f"{one}: {name}")
    assert found == []


def test_no_step_gives_us_a_day_that_is_over_or_no_time_of_ours(told: list[Told]) -> None:
    found = []
    for one in told:
        ours = {d for c in one.clocks if c.whose == "ours" for d in (c.due_on, c.latest_on) if d}
        days = {one.in_words(day) for day in ours if day >= one.today}
        given = WE_HAVE_UNTIL.findall(f"{one.page.text} {one.page.title}")
        found += [f"{one}: {one.page.title}: {one.page.text}" for day in given if day not in days]
    assert found == []


# What the walk is worth.


def test_the_walk_meets_every_open_state_and_every_grievance(told: list[Told]) -> None:
    city = told[0].history.city
    states = {one.page.state for one in told}
    grievances = {letter.challenges for one in told for letter in one.letters} - {""}
    known = {rule.kind for rule in load_city(city).statute.grievances}
    routes = {kind for route in load_city(city).all_routes() for kind in route.follows}

    assert states == {RequestState(state).label.lower() for state in OPEN}
    assert grievances == known & routes


def open_clocks(one: Told) -> list[Clock]:
    """Once the city has answered, those of a challenge alone."""
    is_pending = one.page.state in {RequestState(state).label.lower() for state in PENDING}
    return [
        clock
        for clock in one.clocks
        if clock.status in {"running", "projected"}
        and clock.due_on
        and (is_pending or describe_clock(clock.clock).is_of_a_challenge)
    ]


def key(clock: Clock) -> str:
    return f"{clock.clock}-{clock.route}-{clock.occurrence}"


def is_shown(clock: Clock) -> bool:
    """The newsroom's own reminder has a line, and no days to explain."""
    return not clock.is_reminder


def is_the_answers(clock: Clock) -> bool:
    return clock.clock in {"response", "deemed_denial"} and clock.status != "void"


def of_clocks(one: Told) -> list[DigestLine]:
    return [line for line in one.digest if line.heading in {LOST, LATE}]


def clocks_meant(line: DigestLine, one: Told) -> list[Clock]:
    """The clocks that a line of the digest speaks of, by their matter and their day."""
    return [
        clock
        for clock in one.clocks
        if line.what.startswith(f"{matter_of(clock, one)} is ")
        and clock.due_on
        and weekday(clock.due_on) in line.why
    ]


def matter_of(clock: Clock, one: Told) -> str:
    """ "Our appeal (Freedom of Information Commission)": whose time runs, and before whom."""
    matter = describe_clock(clock.clock).matter
    if not (clock.is_window or describe_clock(clock.clock).is_entered):
        return matter
    return f"{matter} ({load_city(one.history.city).route(clock.route).body})"


def everything(one: Told) -> list[str]:
    mail = [f"{line.what} {line.why}" for line in one.digest]
    api = [clock.text for clock in one.clocks]
    return [one.row.clock, one.row.step, one.page.words, one.calendar_text, *mail, *api]
