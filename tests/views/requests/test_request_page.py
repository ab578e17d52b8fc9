"""A request's page: what people typed is text, and its clocks are said as they stand."""

from datetime import date

import pytest
from django.test import Client

from requests_app.actions.requests import city_progress
from requests_app.models import Attachment, Deadline
from requests_app.policy.clock_pill import pill_of
from tests.factories import acting, member, said, submitted
from tests.views.conftest import signed_in
from tests.views.world import build

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("x")</script>'


def _html(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_what_people_typed_is_shown_as_text() -> None:
    reporter = member(name=HOSTILE)
    rr = submitted(reporter, subject=HOSTILE)
    city_progress.acknowledge(rr, answer=said(text=HOSTILE, city_reference=HOSTILE), **acting(rr))
    client = signed_in(reporter)

    for url in ("/", "/requests/", f"/requests/{rr.public_id}/", "/deliveries/"):
        page = _html(client, url)
        assert HOSTILE not in page
        assert "&lt;script&gt;" in page


def test_files_that_came_with_an_answer_stand_in_the_ledger() -> None:
    world = build()

    page = _html(signed_in(world.people["researcher"]), f"/requests/{world.denied.public_id}/")

    assert Attachment.objects.get().name == "answer.html"
    assert "answer.html</a>" in page


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 11, 20), "7 days left"),
        (date(2026, 11, 29), "perhaps until Mon Nov 30"),
        (date(2026, 12, 1), "window closed"),
    ],
)
def test_window_of_ours_is_not_called_closed_while_a_reading_holds(today: date, words: str):
    """Thirty days that end on a Sunday: file by the Friday; on another reading the Monday does."""
    window = Deadline(
        clock="appeal",
        whose="ours",
        status="running",
        due_on=date(2026, 11, 27),
        nominal_on=date(2026, 11, 29),
        latest_on=date(2026, 11, 30),
        citation="Conn. Gen. Stat. § 1-206(b)(1)",
    )

    assert pill_of(window, today=today).text == words


def test_reminder_that_has_come_is_no_closed_window() -> None:
    reminder = Deadline(
        clock="reminder",
        whose="ours",
        status="running",
        due_on=date(2026, 11, 11),
        is_reminder=True,
    )

    pill = pill_of(reminder, today=date(2026, 11, 21))

    assert (pill.tone, pill.text) == ("soon", "since Wed Nov 11")
