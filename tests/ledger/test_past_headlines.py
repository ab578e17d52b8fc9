"""What no page asks for any more is dropped, and is not missed."""

from datetime import date, timedelta

import pytest

from requests_app import ledger
from requests_app.ledger.headline_rows import headlines_that_differ
from requests_app.models import Headline, RecordsRequest
from tests.factories import NOW, member, submitted

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=40)


@pytest.fixture
def request_of_last_month() -> RecordsRequest:
    return submitted(member())


def ends(request: RecordsRequest) -> list[date]:
    return list(request.headlines.values_list("until_on", flat=True))


def test_days_that_are_over_in_every_city_are_dropped(
    request_of_last_month: RecordsRequest,
) -> None:
    yesterday = LATER.date() - timedelta(days=1)
    kept = [day for day in ends(request_of_last_month) if day >= yesterday]
    over = len(ends(request_of_last_month)) - len(kept)
    assert over > 0

    assert (ledger.drop_past_headlines(at=LATER), ends(request_of_last_month)) == (over, kept)


def test_what_the_board_says_stays_and_the_check_finds_nothing_amiss(
    request_of_last_month: RecordsRequest,
) -> None:
    standing = Headline.objects.standing(at=LATER).values()
    before = list(standing.all())

    ledger.drop_past_headlines(at=LATER)

    assert list(standing.all()) == before
    assert headlines_that_differ([request_of_last_month]) == {}


def test_writing_again_leaves_what_still_follows(request_of_last_month: RecordsRequest) -> None:
    ledger.drop_past_headlines(at=LATER)
    kept = list(request_of_last_month.headlines.values_list("pk", flat=True))

    ledger.write_headlines([request_of_last_month])

    assert list(request_of_last_month.headlines.values_list("pk", flat=True)) == kept


@pytest.mark.tampered
def test_a_later_day_that_is_missing_is_still_found(request_of_last_month: RecordsRequest) -> None:
    Headline.objects.filter(pk=request_of_last_month.headlines.latest("from_on").pk).delete()

    assert list(headlines_that_differ([request_of_last_month])) == [request_of_last_month.pk]
