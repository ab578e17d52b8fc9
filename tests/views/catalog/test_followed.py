"""What somebody follows, as a page and in the morning's digest: each change once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from requests_app.actions.catalog import following
from requests_app.catalog.watching import write_news
from requests_app.ledger.attribution import Attribution
from requests_app.models import CatalogDataset, DatasetNews, Notice, NoticeState, User
from requests_app.reminders.planning.morning_round import plan
from tests.catalog.catalogs import dataset, portal, read_again, withdrawn
from tests.factories import NOW, member
from tests.reminders.desk import morning, used_to_it, words_of
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> User:
    return used_to_it(member(name="Rosa"))


def followed_by(user: User) -> CatalogDataset:
    one = dataset()
    following.follow_dataset(one, by=Attribution(user, NOW))
    return one


def page_of(user: User) -> str:
    return flat(signed_in(user).get(reverse("followed_list")))


def digest_for(user: User, day: int) -> str:
    plan(at=morning(11, day))
    notice = Notice.objects.select_related("user").filter(user=user, kind="digest").latest("pk")
    words = words_of(notice, at=morning(11, day))
    Notice.objects.filter(pk=notice.pk).update(state=NoticeState.SENT)
    return words


def test_a_change_stands_on_the_page_until_it_is_seen(rosa: User) -> None:
    one = followed_by(rosa)
    read_again(one, license_text="")
    write_news(at=NOW)

    before = page_of(rosa)
    signed_in(rosa).post(reverse("followed_seen"))

    assert "License changed from “Public Domain” to not stated." in before
    assert "Mark 1 as seen" in before
    assert "Mark 1 as seen" not in page_of(rosa)
    assert "License changed" in page_of(rosa)
    assert "License changed" not in page_of(member())


def test_a_withdrawal_offers_the_request(rosa: User) -> None:
    one = followed_by(rosa)
    withdrawn(one)
    write_news(at=NOW)

    page = page_of(rosa)

    assert "Withdrawn: it is no longer in the city’s catalog." in page
    assert reverse("withdrawn_dataset_records", args=[one.pk]) in page


def test_the_digest_tells_of_each_change_once(rosa: User) -> None:
    one = followed_by(rosa)
    read_again(one, license_text="")

    first, second = digest_for(rosa, 3), digest_for(rosa, 4)
    read_again(one, row_count=7, at=NOW + timedelta(days=2))
    third = digest_for(rosa, 5)

    assert first.splitlines()[0] == "Tue Nov 3: 1 datasets you follow"
    assert "Building permits (Kansas City)" in first
    assert "License changed from “Public Domain” to not stated." in first
    assert second == ""
    assert "License" not in third
    assert "Rows changed from 1,200 to 7: 1,193 fewer." in third


def test_one_reading_is_told_once_though_it_left_two_versions(rosa: User) -> None:
    one = followed_by(rosa)
    read_again(one, row_count=7)
    read_again(one, license_text="")
    write_news(at=NOW)

    page, digest = page_of(rosa), digest_for(rosa, 3)

    assert page.count("License changed") == digest.count("License changed") == 1
    assert page.count("Rows changed") == digest.count("Rows changed") == 1


def test_who_does_not_want_it_by_mail_reads_it_on_the_desk(rosa: User) -> None:
    one = followed_by(used_to_it(rosa, followed=False))
    read_again(one, license_text="")

    assert digest_for(rosa, 3) == ""
    assert "License changed" in page_of(rosa)


def test_what_was_seen_on_the_desk_is_not_mailed(rosa: User) -> None:
    one = followed_by(rosa)
    read_again(one, license_text="")
    write_news(at=NOW)
    signed_in(rosa).post(reverse("followed_seen"))

    assert digest_for(rosa, 3) == ""


def test_stopping_leaves_nothing_behind(rosa: User) -> None:
    one = followed_by(rosa)
    read_again(one, license_text="")
    write_news(at=NOW)

    answer = signed_in(rosa).post(reverse("follow_stop", args=[one.watches.get().pk]))

    assert answer.status_code == 303
    assert not DatasetNews.objects.exists()


def test_news_of_a_catalog_no_longer_read_is_not_shown(rosa: User) -> None:
    one = followed_by(rosa)
    read_again(one, license_text="")
    write_news(at=NOW)
    portal(newsroom=rosa.membership.newsroom)  # the newsroom reads another from now on

    assert "License changed" not in page_of(rosa)


def test_the_page_asks_a_fixed_number_of_queries(
    rosa: User, django_assert_max_num_queries: object
) -> None:
    of = portal()
    for number in range(30):
        one = dataset(of, external_id=f"some-{number}")
        following.follow_dataset(one, by=Attribution(rosa, NOW))
        read_again(one, license_text="")
    write_news(at=NOW)
    client = signed_in(rosa)

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = flat(client.get(reverse("followed_list")))

    assert page.count("License changed") == 25
