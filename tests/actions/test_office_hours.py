"""An office's own hour: kept by each sending as it stood, and read by the count from there."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from requests_app import ledger, office_contacts
from requests_app.actions.cities import contacts
from requests_app.actions.errors import Refused
from requests_app.actions.requests import submission
from requests_app.ledger.attribution import Attribution
from requests_app.letters import FoundAddress, Sending
from requests_app.letters.facts.due_day import due_on
from requests_app.models import Channel, EventKind, RecordsRequest
from tests.factories import BY_EMAIL, NOW, TODAY, draft, let_go, member

pytestmark = pytest.mark.django_db
CALIFORNIA = ZoneInfo("America/Los_Angeles")
EVENING = datetime(2026, 11, 2, 17, 40, tzinfo=CALIFORNIA)
MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=CALIFORNIA)


def with_hour(hour: str = "17:00", by: Any = None) -> RecordsRequest:
    reporter = by or member()
    enter(reporter.membership.newsroom, reporter, hour)
    return draft(reporter, city_slug="us-ca/stockton", office_role="city_clerk", at=MORNING)


def enter(newsroom: Any, by: Any, hour: str) -> None:
    contacts.enter_office(
        newsroom,
        city_slug="us-ca/stockton",
        office_role="city_clerk",
        found=FoundAddress("the clerk's page", TODAY),
        by=Attribution(by, NOW),
        email="clerk@stockton.example",
        cut_off=hour,
    )


def emailed(request: RecordsRequest, at: datetime) -> RecordsRequest:
    by = Attribution(request.created_by, at)
    let_go(submission.submit(request, by=by, sending=BY_EMAIL), at=at)
    request.refresh_from_db()
    return request


def response_of(request: RecordsRequest) -> tuple[date | None, date | None]:
    row = request.deadlines.get(clock="response")
    return row.starts_on, row.due_on


def test_email_after_the_hour_is_received_on_the_next_business_day() -> None:
    """Mon Nov 2, 5:40 p.m.: received Tue Nov 3; ten days end on Fri Nov 13."""
    request = emailed(with_hour(), EVENING)

    row = request.deadlines.get(clock="response")
    assert (row.starts_on, row.earliest_on, row.due_on) == (
        date(2026, 11, 3), date(2026, 11, 12), date(2026, 11, 13),
    )  # fmt: skip
    assert row.explanation["days"][0]["note"] == (
        "sent Mon Nov 2 at 5:40 p.m., after the office's 5 p.m.: counts as received Tue Nov 3: "
        "not counted"
    )


def test_email_before_the_hour_counts_from_its_day() -> None:
    request = emailed(with_hour(), MORNING)

    assert response_of(request) == (date(2026, 11, 2), date(2026, 11, 12))


def test_sending_keeps_the_hour_as_it_stood() -> None:
    request = emailed(with_hour(), EVENING)

    enter(request.newsroom, request.created_by, "20:00")

    sent = request.events.get(kind=EventKind.SENT)
    assert {key: sent.data[key] for key in ("left_at", "cut_off", "cut_off_source")} == {
        "left_at": "2026-11-02T17:40", "cut_off": "17:00", "cut_off_source": "the clerk's page",
    }  # fmt: skip
    ledger.rederive(request, at=NOW, because="replayed")
    assert response_of(request) == (date(2026, 11, 3), date(2026, 11, 13))
    assert ledger.compare(request) == []


def test_sending_without_an_hour_of_the_office_keeps_none() -> None:
    request = draft(city_slug="us-ca/stockton", office_role="city_clerk", at=MORNING)

    emailed(request, EVENING)

    assert "cut_off" not in request.events.get(kind=EventKind.SENT).data
    assert response_of(request) == (date(2026, 11, 2), date(2026, 11, 12))


@pytest.mark.parametrize(
    ("channel", "hour", "starts_on"),
    [
        (Channel.PORTAL, time(17, 1), date(2026, 11, 3)),
        (Channel.PORTAL, time(16, 59), date(2026, 11, 2)),
        (Channel.PORTAL, None, date(2026, 11, 2)),
        (Channel.IN_PERSON, time(18, 0), date(2026, 11, 2)),
    ],
)
def test_portal_counts_by_the_hour_that_somebody_says(
    channel: Channel, hour: time | None, starts_on: date
) -> None:
    request = with_hour()
    address = "https://portal.example" if channel is Channel.PORTAL else "425 N. El Dorado Street"
    sending = Sending(channel, address, date(2026, 11, 2), handed_over_at=hour)

    submission.submit(request, by=Attribution(request.created_by, EVENING), sending=sending)

    assert response_of(request)[0] == starts_on


def test_letter_names_the_day_that_the_hour_gives() -> None:
    request = with_hour()
    monday = date(2026, 11, 2)

    assert due_on(request, on=monday, channel="email", at=EVENING) == date(2026, 11, 13)
    assert due_on(request, on=monday, channel="email", at=MORNING) == date(2026, 11, 12)
    assert due_on(request, on=monday, channel="email") == date(2026, 11, 12)
    assert due_on(request, on=monday, channel="in_person", at=EVENING) == date(2026, 11, 12)


def test_letter_sent_in_the_evening_says_the_day_that_is_counted() -> None:
    request = emailed(with_hour(), EVENING)

    letter = request.deliveries.get().letter
    assert "by our count no later than Friday, November 13, 2026" in letter.text


def test_hour_that_is_none_is_refused_and_changes_nothing() -> None:
    reporter = member()

    with pytest.raises(Refused, match="“5 o'clock” is no hour: write it as 17:00"):
        enter(reporter.membership.newsroom, reporter, "5 o'clock")

    request = draft(reporter, city_slug="us-ca/stockton", office_role="city_clerk")
    office = office_contacts.resolve(request.newsroom, request.city, "city_clerk")
    assert office.cut_off is None


def test_hour_is_given_up_by_leaving_it_empty() -> None:
    request = with_hour()

    enter(request.newsroom, request.created_by, "")

    office = office_contacts.resolve(request.newsroom, request.city, "city_clerk")
    assert office.cut_off is None
