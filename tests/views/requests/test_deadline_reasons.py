"""What a person sees of a deadline's reasons: on the page and as text."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from requests_app.actions.requests import city_progress
from requests_app.models import RecordsRequest
from tests.factories import NOW, acting, said, submitted
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


def page(request: RecordsRequest) -> str:
    client = signed_in(request.created_by)
    html = client.get(reverse("request_page", args=[request.public_id])).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_every_deadline_opens_into_its_days_rule_and_source() -> None:
    request = submitted()
    client = signed_in(request.created_by)

    html = client.get(reverse("request_page", args=[request.public_id])).content.decode()

    assert html.count('<details class="deadline"') == request.deadlines.count() == 2
    assert "Four business days after the request is received" in html
    assert "Conn. Gen. Stat. § 1-206(a)" in html
    assert "checked Sat Nov 21" in html
    assert 'data-copy="deadline-' in html


def test_unsettled_law_is_said_with_its_readings() -> None:
    """A silence before a weekend: thirty days end on Sunday, December 6."""
    seen = page(submitted())

    assert "Unsettled. Where day thirty was a Saturday" in seen
    assert "Mon Dec 7: most generous, the last day moves to the next business day" in seen


def test_day_due_is_marked_where_the_count_goes_on_after_it() -> None:
    seen = page(submitted())

    assert re.search(r"Wed Nov 4[^·]*2 Thu Nov 5", seen)
    assert "Fri Nov 6 4 · due" in seen


def test_text_for_the_clerk_is_plain() -> None:
    request = submitted()
    deadline = request.deadlines.get(clock="response")
    client = signed_in(request.created_by)

    answer = client.get(reverse("deadline_text", args=[request.public_id, deadline.pk]))

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[0] == request.reference
    assert lines[1] == "Response (the city's): due Friday, November 6, 2026"
    assert any(line.startswith("Mon Nov 2") and "not counted" in line for line in lines)
    assert "\n".join(lines[1:]) == deadline.text


def test_deadline_of_another_request_is_a_404() -> None:
    request, other = submitted(), submitted()
    client = signed_in(request.created_by)

    url = reverse("deadline_text", args=[request.public_id, other.deadlines.first().pk])

    assert client.get(url).status_code == 404


def test_silent_statute_says_so_beside_the_newsrooms_own_reminder() -> None:
    request = submitted(city_slug="us-ca/stockton", office_role="city_clerk")

    seen = page(request)

    reminder = request.deadlines.get(clock="reminder")
    assert (reminder.is_reminder, reminder.citation) == (True, "")
    assert reminder.due_on == (NOW + timedelta(days=5)).date()
    assert "The Act sets no acknowledgement." in seen
    assert "newsroom reminder, no legal clock" in seen
    assert "to answer · Gov. Code" in seen  # the headline is the law's clock


def test_reminder_ends_with_the_first_word_from_the_city() -> None:
    request = submitted(city_slug="us-ca/stockton", office_role="city_clerk")

    city_progress.acknowledge(request, answer=said(), **acting(request))

    assert request.deadlines.get(clock="reminder").status == "met"


def test_no_reminder_where_a_clock_of_the_citys_ends_first() -> None:
    """Four business days from a Monday are over on Friday."""
    assert not submitted().deadlines.filter(clock="reminder").exists()
