"""The narrow rows that figures count are what the ledgers say, whatever happened to a request."""

from random import Random

import pytest

from requests_app import ledger
from requests_app.actions.drafts import discarding
from requests_app.actions.errors import Refused
from requests_app.actions.requests import corrections
from requests_app.actions.research import scorecards
from requests_app.actions.research.scorecards import Shown
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    CountedLimit,
    CountedRequest,
    LogEntry,
    LoggedRequest,
    RecordsRequest,
    Role,
)
from requests_app.research.figures.every_figure import FIGURES, PUBLISHABLE
from requests_app.research.figures.figure import Figure
from requests_app.research.figures.population import population_of
from requests_app.research.figures.scope import Scope
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import EventKind
from tests.factories import NOW, acting, draft, member, submitted
from tests.ledger.histories import begun, live, random_steps
from tests.research.entries import logged
from tests.research.figures import slow_reading

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(12))
def test_figures_count_what_the_ledgers_say(seed: int) -> None:
    random = Random(seed)
    for _ in range(3):
        request = begun()
        by = Attribution(request.created_by, NOW)
        for _, entries in live(request, list(random_steps(random, 8))):
            entry = entries[0]
            if Mark.NEVER_STRUCK in EventKind(entry.kind).described.marks or random.random() < 0.7:
                continue
            try:
                corrections.strike(entry, why="A mistake.", by=by)
            except Refused:
                continue
    everything = CountedRequest.objects.all()

    found = population_of(everything, LogEntry.objects.none(), Scope(), at=NOW)

    slowly = slow_reading.read(RecordsRequest.objects.all(), on=found.on)
    assert slow_reading.as_counts(found) == slowly
    assert found.filed == 3


def test_no_figure_counts_a_draft_nor_what_was_discarded_nor_a_request_for_data() -> None:
    draft()
    discarded = draft()
    discarding.discard(discarded, **acting(discarded))

    assert not CountedRequest.objects.exists()


def test_a_row_that_says_something_else_is_named_and_mended() -> None:
    request = submitted()
    CountedRequest.objects.update(first_answer="granted")
    CountedLimit.objects.all().delete()

    assert ledger.compare(request) == [
        "figures have first_answer granted, derived ",
        "figures have other limits of the law",
    ]
    ledger.rederive(request, at=NOW, because="derived again")
    assert ledger.compare(request) == []


def test_a_row_that_is_missing_is_named_and_one_too_many_goes() -> None:
    request, unfiled = submitted(), draft()
    CountedRequest.objects.all().delete()
    CountedRequest.objects.create(
        records_request=unfiled,
        newsroom=unfiled.newsroom,
        filed_on=NOW.date(),
        reached_city=True,
    )

    assert ledger.compare(request) == ["is not counted by figures"]
    assert ledger.compare(unfiled) == ["is counted by figures"]
    for each in (request, unfiled):
        ledger.rederive(each, at=NOW, because="derived again")
    assert [one.pk for one in CountedRequest.objects.all()] == [request.pk]


def test_who_sees_a_request_counts_it() -> None:
    reporter = member()
    newsroom = reporter.membership.newsroom
    colleague = member(newsroom=newsroom)
    own, assigned, shared = submitted(reporter), submitted(colleague), submitted(colleague)
    submitted(colleague)
    submitted(member())
    RecordsRequest.objects.filter(pk=assigned.pk).update(assigned_to=reporter)
    assigned.refresh_from_db()
    ledger.write_headlines([assigned])
    shared.shared_with.add(reporter)

    for reader in (reporter, colleague, member(Role.RESEARCHER, newsroom), member(Role.EDITOR)):
        seen = set(RecordsRequest.objects.visible_to(reader).values_list("pk", flat=True))
        counted = CountedRequest.objects.visible_to(reader).values_list("pk", flat=True)
        assert set(counted) == seen
    theirs = CountedRequest.objects.visible_to(reporter)
    assert {one.pk for one in theirs} == {own.pk, assigned.pk, shared.pk}


def test_logged_requests_are_a_figure_of_their_own_by_their_logs_status() -> None:
    researcher = member(Role.RESEARCHER)
    newsroom = researcher.membership.newsroom
    for status, place in (("done", 3), ("rejected", 2), ("", 1)):
        for _ in range(place):
            LoggedRequest.objects.create(
                newsroom=newsroom, created_by=researcher, place="Hartford", subject="Pay",
                status=status,
            )  # fmt: skip
    logged(researcher)  # one in Stamford, with its challenge, of which no status is stated
    of_another = member(Role.RESEARCHER)
    logged(of_another)

    def figure(scope: Scope) -> Figure:
        population = population_of(
            CountedRequest.objects.none(),
            LogEntry.objects.none(),
            scope,
            at=NOW,
            logged_requests=LoggedRequest.objects.visible_to(researcher),
        )
        return FIGURES["logged-requests"](population)

    everywhere = figure(Scope())

    assert everywhere.says.startswith("43% were completed (3 of 7; 95% interval")
    assert everywhere.says.endswith("1 of them all were challenged.")
    assert [(row[0], row[1], row[-1]) for row in everywhere.table.rows] == [
        ("Rejected", 2, 0), ("Completed", 3, 0), ("Not stated", 2, 1),
    ]  # fmt: skip
    assert figure(Scope(city="us-ct/stamford")).says.startswith("There is only one")
    assert figure(Scope(city="us-ct/stamford", office="city_clerk")).n == 0
    assert figure(Scope(filed_from=NOW.date())).n == 0


def test_no_scorecard_shows_what_was_logged_of_others() -> None:
    by = Attribution(member(Role.ADMIN), NOW)

    with pytest.raises(Refused, match="no figure “logged-requests”"):
        scorecards.publish(
            by.user.membership.newsroom, "us-ct/stamford", Shown(["logged-requests"]), by=by
        )
    assert "logged-requests" not in PUBLISHABLE
