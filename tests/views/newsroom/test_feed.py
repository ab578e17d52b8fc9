"""A person's deadlines in their calendar, and the page where its address is made and ended."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from requests_app.actions.newsroom import access
from requests_app.ledger.attribution import Attribution
from requests_app.models import CalendarFeed, User
from tests.accounts.people import asked_again, owner
from tests.factories import NOW, member, submitted
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


def entries(user: User) -> list:
    token = access.open_feed(by=Attribution(user, NOW))
    answer = Client().get(reverse("calendar_feed", args=[token]))
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


def test_address_can_be_made_changed_and_ended_and_is_shown_once() -> None:
    user = owner()
    client = asked_again(signed_in(user))

    first = client.post(reverse("feed_new")).context["address"]
    assert first not in client.get(reverse("access")).content.decode()
    second = client.post(reverse("feed_new")).context["address"]

    assert Client().get(urlsplit(first).path).status_code == 404
    assert Client().get(urlsplit(second).path).status_code == 200
    assert "last used: November 2, 2026" in flat(client.get(reverse("access")))

    client.post(reverse("feed_end"))

    assert Client().get(urlsplit(second).path).status_code == 404


def test_address_is_made_only_after_the_password_is_given_again() -> None:
    answer = signed_in(owner()).post(reverse("feed_new"))

    assert "reauthenticate" in answer.headers["Location"]
    assert not CalendarFeed.objects.exists()


def test_token_is_kept_as_a_hash() -> None:
    token = access.open_feed(by=Attribution(member(), NOW))

    assert token not in str(CalendarFeed.objects.values().get())


def test_address_works_for_a_year() -> None:
    token = access.open_feed(by=Attribution(member(), NOW))

    for day, status in ((364, 200), (366, 404)):
        with time_machine.travel(NOW + timedelta(days=day), tick=False):
            answer = Client().get(reverse("calendar_feed", args=[token]))
            assert answer.status_code == status


def test_feed_ends_with_its_persons_account() -> None:
    user = member()
    token = access.open_feed(by=Attribution(user, NOW))

    user.is_active = False
    user.save()

    assert Client().get(reverse("calendar_feed", args=[token])).status_code == 404


def test_feed_asks_a_fixed_number_of_queries(django_assert_num_queries) -> None:
    reporter = member()
    for _ in range(4):
        submitted(reporter)
    token = access.open_feed(by=Attribution(reporter, NOW))

    Client().get(reverse("calendar_feed", args=[token]))  # its use is noted once a minute
    # The feed with its person and their place, and the deadlines with their requests.
    with django_assert_num_queries(2):
        answer = Client().get(reverse("calendar_feed", args=[token]))

    assert answer.status_code == 200
