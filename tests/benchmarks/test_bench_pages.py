"""`manage.py bench pages` fills an honest newsroom and goes through every page it promises."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from requests_app import ledger
from requests_app.bench.pages import figures_page, filling, visits
from requests_app.bench.pages.measuring import Figure, Promise
from requests_app.models import Newsroom, RecordsRequest
from requests_app.vocabulary.states import RequestState
from tests.factories import NewsroomFactory

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(FRIDAY):
        yield


def test_newsroom_of_the_pages_is_one_that_its_ledgers_give_and_every_page_opens() -> None:
    lines: list[str] = []

    staff = filling.fill(500, at=timezone.now(), report=lines.append)
    figures = list(visits.figures(staff, at=timezone.now(), runs=1))

    assert lines == ["500 requests are written", "what follows from their ledgers is derived"]
    everything = RecordsRequest.objects.all()
    assert [found for _, found in ledger.compare_many(everything) if found] == []
    states = Counter(everything.values_list("state", flat=True))
    assert states.total() == 500
    assert everything.open().count() == 76
    # So few appeals are told in one city alone, and there none goes straight to court.
    assert set(RequestState.values) - set(states) == {RequestState.IN_LITIGATION}
    assert Counter(figure.name.partition(":")[0].partition(",")[0] for figure in figures) == {
        "editor": 11,
        "reporter": 8,
        "morning round": 2,
    }


def test_figure_says_which_promise_is_broken() -> None:
    promise = Promise(seconds=0.040, queries=15)

    assert Figure("board", promise, 0.040, 0.01, 15, 9_400).is_met
    assert not Figure("board", promise, 0.041, 0.01, 15, 9_400).is_met
    assert not Figure("board", promise, 0.040, 0.01, 16, 9_400).is_met
    assert Figure("round", Promise(), 90.0, 80.0, 900, None).is_met


def test_nothing_is_written_beside_another_newsroom() -> None:
    NewsroomFactory.create()

    with pytest.raises(CommandError, match="holds a newsroom's requests"):
        call_command("bench", "pages", "--yes", requests=500)

    assert Newsroom.objects.count() == 1
    assert not RecordsRequest.objects.exists()


def test_newsroom_of_too_few_requests_is_refused() -> None:
    with pytest.raises(CommandError, match="at least 100: some of each kind"):
        call_command("bench", "pages", "--yes", requests=99)


def test_figures_are_measured_by_their_queries_for_who_sees_all_and_who_does_not() -> None:
    staff = filling.fill(200, at=timezone.now(), report=lambda _: None)

    measured = list(figures_page.figures(staff, at=timezone.now(), runs=1))

    assert [one.name for one in measured] == [
        "editor: figures, every city",
        "editor: figures, one city",
        "reporter: figures, every city",
        "reporter: figures, one city",
    ]
    assert max(one.queries for one in measured) == 12
