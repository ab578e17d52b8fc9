"""Who is told of which change: once each, and of what changed since they follow."""

from datetime import timedelta
from typing import Any

import pytest

from requests_app.actions.catalog import following
from requests_app.actions.errors import Refused
from requests_app.catalog.dataset_search import DatasetSearch
from requests_app.catalog.watching import write_news
from requests_app.ledger.attribution import Attribution
from requests_app.models import DatasetNews, DatasetVersion, User
from tests.catalog.catalogs import KANSAS_CITY, dataset, portal, read_again, withdrawn
from tests.factories import NOW, member

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture
def rosa() -> User:
    return member(name="Rosa")


def by(user: User) -> Attribution:
    return Attribution(user, NOW)


def told(user: User) -> list[DatasetVersion]:
    write_news(at=LATER)
    return [one.version for one in DatasetNews.objects.filter(watch__user=user).order_by("pk")]


def test_a_change_is_told_once_to_each_follower(rosa: User) -> None:
    followed = dataset()
    tom = member(name="Tom")
    for user in (rosa, tom):
        following.follow_dataset(followed, by=by(user))
    change = read_again(followed, license_text="")

    assert write_news(at=LATER) == 2
    assert write_news(at=LATER) == 0
    assert told(rosa) == [change]


@pytest.mark.parametrize(
    ("changed", "is_told"),
    [
        ({"row_count": 7}, True),
        ({"columns": ()}, True),
        ({"license_text": ""}, True),
        ({"steward": "Nobody"}, True),
        ({"cadence_text": "Never"}, True),
        ({"description": "Other words."}, False),
        ({"data_updated_at": NOW}, False),  # it is what a dataset does
    ],
)
def test_of_some_changes_a_follower_is_told(
    rosa: User, changed: dict[str, Any], is_told: bool
) -> None:
    followed = dataset()
    following.follow_dataset(followed, by=by(rosa))
    read_again(followed, **changed)

    assert bool(told(rosa)) == is_told


def test_what_changed_before_is_no_news_and_a_withdrawal_is(rosa: User) -> None:
    followed = dataset()
    read_again(followed, license_text="")
    following.follow_dataset(followed, by=by(rosa))
    gone = withdrawn(followed)

    assert told(rosa) == [gone]


def test_a_search_tells_of_what_is_new_and_fits(rosa: User) -> None:
    of = portal()
    dataset(of)
    following.follow_search(KANSAS_CITY, DatasetSearch(q="permits"), by=by(rosa))
    new = dataset(of, external_id="news-0001", title="Sewer permits")
    dataset(of, external_id="dogs-0001", title="Dog licenses", description="")
    read_again(new, license_text="")  # a change is no news of a search

    assert [version.dataset for version in told(rosa)] == [new]


def test_a_search_knows_nothing_of_another_newsrooms_portal(rosa: User) -> None:
    portal()
    following.follow_search(KANSAS_CITY, DatasetSearch(q="permits"), by=by(rosa))
    dataset(portal(newsroom=member().membership.newsroom))

    assert told(rosa) == []


def test_what_a_reading_finds_is_told_once_it_is_whole(rosa: User) -> None:
    followed = dataset()
    following.follow_dataset(followed, by=by(rosa))
    read_again(followed, license_text="")
    portal(leased_until=LATER + timedelta(minutes=1))

    assert write_news(at=LATER) == 0
    assert write_news(at=LATER, city_slug=KANSAS_CITY) == 1  # who reads it says that it is


def test_followed_twice_is_followed_once(rosa: User) -> None:
    followed = dataset()

    first = following.follow_dataset(followed, by=by(rosa))

    assert following.follow_dataset(followed, by=by(rosa)) == first


def test_everything_cannot_be_followed(rosa: User) -> None:
    with pytest.raises(Refused, match="Search for something first"):
        following.follow_search(KANSAS_CITY, DatasetSearch(state="stale"), by=by(rosa))


def test_who_stops_is_told_nothing_more_and_nobody_else_stops_it(rosa: User) -> None:
    followed = dataset()
    watch = following.follow_dataset(followed, by=by(rosa))
    following.stop_following(watch, by=member())
    read_again(followed, license_text="")
    assert len(told(rosa)) == 1

    following.stop_following(watch, by=rosa)

    assert told(rosa) == []
