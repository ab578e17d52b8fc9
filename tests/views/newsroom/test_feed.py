"""A person's deadlines in their calendar, and the page where its address is made and ended."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from requests_app.actions.newsroom import access
from requests_app.ledger.attribution import Attribution
from requests_app.models import CalendarFeed, User
from tests.factories import NOW, member, submitted
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


def entries(user: User) -> list:
    feed = access.open_feed(
        by=Attribution(user, NOW),
    )
    answer = Client().get(reverse("calendar_feed", args=[feed.token]))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_each_running_deadline_is_a_whole_day_with_its_reasons() -> None:
    request = submitted()

    by_day = {entry.decoded("dtstart"): entry for entry in entries(request.created_by)}

    assert sorted(by_day) == [date(2026, 11, 6), date(2026, 12, 4)]
    response = by_day[date(2026, 11, 6)]
    assert (
        str(response["summary"]) == "Stamford: The city’s last day to answer · Use-of-force reports"
    )
    assert request.deadlines.get(clock="response").text in str(response["description"])
    assert str(response["url"]).endswith(f"/requests/{request.public_id}/")
    assert response.decoded("dtend") == date(2026, 11, 7)


def test_feed_holds_only_what_its_person_sees() -> None:
    submitted()

    assert entries(member()) == []


def test_reminder_is_marked_as_the_newsrooms_own() -> None:
    request = submitted(city_slug="us-ca/stockton", office_role="city_clerk")

    summaries = [str(entry["summary"]) for entry in entries(request.created_by)]

    assert "Stockton: newsroom reminder · Use-of-force reports" in summaries


def test_address_can_be_made_changed_and_ended() -> None:
    user = member()
    client = signed_in(user)

    client.post(reverse("feed_new"))
    first = CalendarFeed.objects.get().token
    assert f"/calendar/{first}.ics" in client.get(reverse("access")).content.decode()
    client.post(reverse("feed_new"))
    second = CalendarFeed.objects.get().token

    assert Client().get(reverse("calendar_feed", args=[first])).status_code == 404
    assert Client().get(reverse("calendar_feed", args=[second])).status_code == 200

    client.post(reverse("feed_end"))

    assert Client().get(reverse("calendar_feed", args=[second])).status_code == 404


def test_feed_ends_with_its_persons_account() -> None:
    user = member()
    feed = access.open_feed(
        by=Attribution(user, NOW),
    )

    user.is_active = False
    user.save()

    assert Client().get(reverse("calendar_feed", args=[feed.token])).status_code == 404


def test_feed_asks_a_fixed_number_of_queries(django_assert_num_queries) -> None:
    reporter = member()
    for _ in range(4):
        submitted(reporter)
    feed = access.open_feed(
        by=Attribution(reporter, NOW),
    )

    # The feed with its person and their place, and the deadlines with their requests.
    with django_assert_num_queries(2):
        answer = Client().get(reverse("calendar_feed", args=[feed.token]))

    assert answer.status_code == 200
