"""What the database counts of the requests: which belong, which entries stand, how many queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cities.schema.load import load_city
from requests_app.actions.requests import city_determinations, corrections, ending
from requests_app.models import CountedRequest, LogEntry, LoggedRequest, Role, User
from requests_app.research.figures.every_figure import FIGURES, figures_of
from requests_app.research.figures.population import (
    Limit,
    Population,
    Stretch,
    Waited,
    population_of,
)
from requests_app.research.figures.scope import Scope
from tests.factories import NOW, TODAY, acting, appealed, draft, in_state, member, said, submitted
from tests.research.figures.ledgers import acknowledged, answered

pytestmark = pytest.mark.django_db
EVERYTHING = Scope()


def counted(reader: User, scope: Scope = EVERYTHING) -> Population:
    return population_of(
        CountedRequest.objects.visible_to(reader),
        LogEntry.objects.visible_to(reader),
        scope,
        at=NOW,
        logged_requests=LoggedRequest.objects.visible_to(reader),
    )


def filed(ago: int) -> date:
    return TODAY - timedelta(days=ago)


def test_each_request_counts_by_its_days_and_its_first_answer() -> None:
    reporter = member()
    answered(reporter, ago=30, after=10)
    answered(reporter, ago=30, after=10)
    answered(reporter, ago=30, after=12, verb="find_no_records")
    submitted(reporter, at=NOW - timedelta(days=30))
    withdrawn = submitted(reporter, at=NOW - timedelta(days=30))
    ending.withdraw(withdrawn, on=TODAY, **acting(withdrawn))
    draft(reporter)

    found = counted(reporter)

    assert sorted(found.answers) == [
        Waited(10, "granted", 2),
        Waited(12, "no_records", 1),
        Waited(30, "", 1),
        Waited(30, "ended", 1),
    ]
    assert (found.n, found.filed) == (5, 5)


def test_an_entry_that_was_struck_never_counts() -> None:
    reporter = member()
    request = answered(reporter, ago=30, after=10)
    entry = request.events.get(kind="granted")
    corrections.strike(entry, why="It was another request.", **acting(request))

    found = counted(reporter)

    assert found.answers == [Waited(30, "", 1)]
    assert found.outcomes == {(None, False, True): 1}
    assert found.first_records == found.answers


def test_the_first_answer_ends_the_wait_and_the_last_is_the_outcome() -> None:
    reporter = member()
    request = answered(reporter, ago=30, after=10, verb="deny", exemptions=["§ 1-210(b)(1)"])
    city_determinations.grant(request, answer=said(TODAY), **acting(request))

    found = counted(reporter)

    assert found.answers == [Waited(10, "denied", 1)]
    assert found.first_records == [Waited(30, "granted", 1)]
    assert found.outcomes == {("granted", False, False): 1}


def test_what_nobody_sent_is_no_silence() -> None:
    reporter = member()
    submitted(reporter, at=NOW - timedelta(days=30), sent=False)

    found = counted(reporter)

    assert (found.n, found.filed) == (0, 1)


def test_silence_is_told_from_what_is_still_in_time() -> None:
    reporter = member()
    submitted(reporter, at=NOW - timedelta(days=30))
    submitted(reporter, at=NOW)

    assert counted(reporter).outcomes == {(None, False, True): 1, (None, False, False): 1}


def test_a_first_word_is_an_acknowledgment_or_any_word_of_a_city_that_has_it() -> None:
    reporter = member()
    acknowledged(submitted(reporter, at=NOW - timedelta(days=30)), ago=27)
    answered(reporter, ago=30, after=10)

    assert sorted(counted(reporter).first_words) == [
        Waited(3, "acknowledged", 1),
        Waited(10, "granted", 1),
    ]


def test_limits_have_how_late_they_were_met_by_the_day_that_the_calendar_shows() -> None:
    reporter = member()
    request = answered(reporter, ago=30, after=10)
    deadline = request.deadlines.get(clock="response")

    (limit,) = counted(reporter).limits

    assert deadline.due_on is not None
    late = (filed(20) - deadline.due_on).days
    assert limit == Limit("response", deadline.citation, "met", late, True, late > 0, 1)


def test_who_waits_is_counted_by_the_day_it_began_and_the_day_it_ended() -> None:
    reporter = member()
    answered(reporter, ago=100, after=100)
    answered(reporter, ago=100, after=40)
    submitted(reporter, at=NOW - timedelta(days=5))

    found = counted(reporter)

    assert sorted(found.began_to_wait) == [
        Stretch(filed(100), 1, 1), Stretch(filed(100), 2, 1), Stretch(filed(5), 2, 1),
    ]  # fmt: skip
    assert sorted(found.ended_waiting) == [Stretch(filed(60), 1, 1), Stretch(TODAY, 2, 1)]


def test_a_reporter_counts_their_own_and_a_researcher_the_newsrooms() -> None:
    reporter = member()
    newsroom = reporter.membership.newsroom
    answered(reporter, ago=30, after=10)
    answered(member(newsroom=newsroom), ago=30, after=10)
    answered(member(), ago=30, after=10)

    assert counted(reporter).n == 1
    assert counted(member(Role.RESEARCHER, newsroom)).n == 2
    assert counted(member(Role.RESEARCHER)).n == 0


def test_a_scope_narrows_by_city_office_exemption_and_span() -> None:
    reporter = member()
    answered(reporter, ago=30, after=10, verb="deny", exemptions=["§ 1-210(b)(1)"])
    answered(reporter, ago=20, after=10)
    city = "us-ct/stamford"

    counts = [
        counted(reporter, scope).n
        for scope in (
            Scope(city=city),
            Scope(city="us-ca/stockton"),
            Scope(city=city, office="city_clerk"),
            Scope(city=city, office="police_records"),
            Scope(filed_from=filed(25)),
            Scope(filed_until=filed(25)),
            Scope(filed_from=filed(30), filed_until=filed(30)),
        )
    ]

    assert counts == [2, 0, 2, 0, 1, 1, 1]


def test_a_scope_finds_an_exemption_by_what_the_city_called_it() -> None:
    reporter = member()
    answered(reporter, ago=30, after=10, verb="deny", exemptions=["Section 1-210(b)(1)"])
    answered(reporter, ago=30, after=10, verb="deny", exemptions=["§ 1-210(b)(2)"])
    slug = next(
        one.slug
        for one in load_city("us-ct/stamford").statute.exemptions
        if "1-210(b)(1)" in one.citation
    )

    assert counted(reporter, Scope(city="us-ct/stamford", exemption=slug)).n == 1


def test_an_office_without_its_city_is_refused() -> None:
    with pytest.raises(ValueError, match="Choose the city first"):
        Scope(office="city_clerk")


def test_appeals_are_read_from_the_log() -> None:
    request = in_state("denied")
    appealed(request)
    reader = request.created_by

    figure = FIGURES["appeals"](counted(reader))

    assert (figure.n, figure.too_few) == (
        1, "There is only one: nothing is drawn from fewer than five.",
    )  # fmt: skip


def test_all_figures_take_a_fixed_number_of_queries() -> None:
    reporter = member()
    for _ in range(5):
        answered(reporter, ago=30, after=10)
    with CaptureQueriesContext(connection) as first:
        figures_of(counted(reporter))
    answered(reporter, ago=40, after=10, verb="deny", exemptions=["§ 1-210(b)(1)"])

    with CaptureQueriesContext(connection) as second:
        figures_of(counted(reporter))

    assert (len(first), len(second)) == (12, 12)
