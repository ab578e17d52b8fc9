"""What everybody may read of a city: only what an admin chose, without a cookie, and cacheable."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache

from requests_app.actions.research import scorecards
from requests_app.actions.research.scorecards import Shown
from requests_app.ledger.attribution import Attribution
from requests_app.models import Newsroom, Role, Scorecard, User
from tests.factories import NOW, TODAY, member
from tests.research.figures.ledgers import answered
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
STAMFORD = "us-ct/stamford"
LIST = "/research/scorecards/"
EDIT = f"{LIST}{STAMFORD}/"


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def admin() -> User:
    """Of a newsroom with five requests in Stamford that were granted, one of them long ago."""
    reporter = member(name="Rosa Delgado")
    for ago in (400, 40, 40, 40, 40):
        answered(reporter, ago=ago, after=10)
    return member(Role.ADMIN, reporter.membership.newsroom)


def published(admin: User, *figures: str, filed_from: date | None = None) -> str:
    """The address at which everybody reads it."""
    newsroom, by = admin.membership.newsroom, Attribution(admin, NOW)
    scorecards.switch(newsroom, on=True, by=by)
    scorecards.publish(newsroom, STAMFORD, Shown(figures, filed_from), by=by)
    return f"/open/{newsroom.pk}/{STAMFORD}/"


def answer_to_nobody(address: str, **headers: str) -> Any:
    return signed_in(None).get(address, headers=headers)


def test_a_newsroom_publishes_nothing_by_itself(admin: User) -> None:
    newsroom: Newsroom = admin.membership.newsroom

    assert newsroom.publishes_scorecards is False
    assert answer_to_nobody(f"/open/{newsroom.pk}/{STAMFORD}/").status_code == 404


def test_everybody_reads_the_figures_that_were_chosen_and_no_other(admin: User) -> None:
    page = flat(answer_to_nobody(published(admin, "outcomes", "determination")))

    assert page.count('class="sheet figure"') == 2
    assert "100% were granted (5 of 5; 95% interval 57–100%)" in page
    assert 'id="fees"' not in page


def test_no_name_and_no_word_of_a_request_is_on_it(admin: User) -> None:
    page = flat(answer_to_nobody(published(admin, "outcomes", "appeals", "fees")))

    assert [
        word for word in ("Rosa", "Delgado", "Use-of-force", "STAM-", "@") if word in page
    ] == []


def test_it_sets_no_cookie_and_may_be_kept_for_an_hour(admin: User) -> None:
    answer = answer_to_nobody(published(admin, "outcomes"))

    assert answer.cookies == {}
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_who_has_it_already_is_told_so(admin: User) -> None:
    address = published(admin, "outcomes")
    etag = answer_to_nobody(address)["ETag"]

    again = answer_to_nobody(address, if_none_match=etag)

    assert (again.status_code, again.content) == (304, b"")


def test_what_it_says_is_the_same_for_somebody_signed_in(admin: User) -> None:
    address = published(admin, "outcomes")

    assert signed_in(admin).get(address).content == answer_to_nobody(address).content


def test_it_is_counted_once_an_hour(admin: User, django_assert_max_num_queries: Any) -> None:
    address = published(admin, "outcomes", "determination")
    answer_to_nobody(address)

    with django_assert_max_num_queries(1):  # whether it is published
        answer_to_nobody(address)


def test_nothing_is_said_of_fewer_than_five(admin: User) -> None:
    page = flat(answer_to_nobody(published(admin, "outcomes", filed_from=date(2026, 1, 1))))

    assert "There are fewer than five: nothing is drawn from them." in page
    assert "n = fewer than five requests" in page
    assert "only 4" not in page
    assert "100%" not in page
    assert "<svg" not in page


def test_turning_scorecards_off_takes_all_of_them_away_and_keeps_the_choice(admin: User) -> None:
    address = published(admin, "outcomes")
    client = signed_in(admin)

    client.post(f"{LIST}switch/", {})

    assert answer_to_nobody(address).status_code == 404
    client.post(f"{LIST}switch/", {"on": "1"})
    assert answer_to_nobody(address).status_code == 200


def test_an_admin_chooses_the_figures_and_takes_them_down(admin: User) -> None:
    client = signed_in(admin)

    client.post(EDIT, {"figures": ["backlog", "outcomes"], "filed_from": "2026-01-01"})

    scorecard = Scorecard.objects.get()
    assert (scorecard.figures, scorecard.filed_from) == (["outcomes", "backlog"], date(2026, 1, 1))
    assert (scorecard.published_by, scorecard.published_at) == (admin, NOW)
    assert "What became of the requests, Backlog over time" in flat(client.get(LIST))
    client.post(f"{EDIT}take-down/")
    assert not Scorecard.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({}, "Choose at least one figure."),
        ({"figures": ["weather"]}, "There is no figure “weather”: choose among these."),
    ],
)
def test_a_choice_that_cannot_be_published_changes_nothing(
    admin: User, chosen: dict[str, list[str]], sentence: str
) -> None:
    answer = signed_in(admin).post(EDIT, chosen)

    assert (answer.status_code, sentence in flat(answer)) == (422, True)
    assert not Scorecard.objects.exists()


def test_a_newsroom_publishes_its_own_requests_alone(admin: User) -> None:
    other = member(Role.ADMIN)
    for _ in range(5):
        answered(other, ago=40, after=10, verb="deny", exemptions=["§ 1-210(b)(1)"])

    page = flat(answer_to_nobody(published(admin, "outcomes")))

    assert "n = 5 requests" in page
    assert str(TODAY - timedelta(days=40)) not in page
