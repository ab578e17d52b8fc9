"""Reminders on the desk: set, done, chosen, stopped from a mail, tried again where one failed."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.actions.newsroom import reminders
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    Notice,
    PersonalReminder,
    RecordsRequest,
    ReminderChoices,
    ReminderPolicy,
    ReminderProblem,
    Role,
    User,
)
from requests_app.reminders.mails.unsubscribing import token_for
from tests.factories import NOW, TODAY, member, submitted
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> User:
    return member(name="Rosa")


@pytest.fixture
def rr(rosa: User) -> RecordsRequest:
    return submitted(rosa, subject="Use-of-force reports")


def test_ask_again_in_three_weeks(rosa: User, rr: RecordsRequest) -> None:
    url = reverse("reminder_new", args=[rr.public_id])

    answer = signed_in(rosa).post(url, {"note": "ask again", "in_days": "21"}, follow=True)

    mine = PersonalReminder.objects.get()
    assert (mine.due_on, mine.user, mine.records_request) == (TODAY + timedelta(days=21), rosa, rr)
    assert "ask again" in answer.content.decode()


def test_a_day_of_ones_own_wins_over_a_span(rosa: User, rr: RecordsRequest) -> None:
    url = reverse("reminder_new", args=[rr.public_id])
    told = {"note": "ask", "in_days": "21", "on": "2026-12-24"}

    signed_in(rosa).post(url, told)

    assert PersonalReminder.objects.get().due_on == date(2026, 12, 24)


@pytest.mark.parametrize(
    "told",
    [
        {"note": "", "in_days": "21"},
        {"note": "ask"},
        {"note": "ask", "on": "2026-11-02"},
        {"note": "ask", "on": "soon", "in_days": "7"},
        {"note": "ask", "in_days": "9999"},
    ],
)
def test_what_cannot_be_is_refused_on_the_form(
    rosa: User, rr: RecordsRequest, told: dict[str, str]
) -> None:
    url = reverse("reminder_new", args=[rr.public_id])

    answer = signed_in(rosa).post(url, told)

    assert answer.status_code == 422
    assert not PersonalReminder.objects.exists()


def test_today_is_the_persons_own(rosa: User, rr: RecordsRequest) -> None:
    """Midday in New York is the next morning in Auckland."""
    reminders.choose(by=rosa, time_zone="Pacific/Auckland")
    url = reverse("reminder_new", args=[rr.public_id])

    answer = signed_in(rosa).post(url, {"note": "ask", "on": "2026-11-03"})

    assert answer.status_code == 422
    assert "not ahead of us" in answer.content.decode()


def _set(rosa: User, rr: RecordsRequest) -> PersonalReminder:
    on = TODAY + timedelta(days=7)
    return reminders.remind_me(
        rr,
        on=on,
        note="ask again",
        by=Attribution(rosa, NOW),
        today=TODAY,
    )


def test_a_reminder_is_listed_then_done_then_removed(rosa: User, rr: RecordsRequest) -> None:
    mine = _set(rosa, rr)
    client = signed_in(rosa)
    assert "ask again" in client.get(reverse("reminder_list")).content.decode()

    client.post(reverse("reminder_done", args=[mine.pk]))
    page = client.get(reverse("reminder_list")).content.decode()
    assert page.index("Done</h2>") < page.index("ask again")

    client.post(reverse("reminder_remove", args=[mine.pk]))
    assert "ask again" not in client.get(reverse("reminder_list")).content.decode()


def test_the_request_page_leads_there(rosa: User, rr: RecordsRequest) -> None:
    page = signed_in(rosa).get(reverse("request_page", args=[rr.public_id])).content.decode()

    assert reverse("reminder_new", args=[rr.public_id]) in page


def test_choices_are_saved_and_shown(rosa: User) -> None:
    client = signed_in(rosa)
    url = reverse("reminder_choices")

    client.post(url, {"ours": "on", "time_zone": "America/Denver", "morning_at": "06:15"})

    kept = ReminderChoices.objects.get(user=rosa)
    assert (kept.city, kept.ours, kept.digest, kept.escalation) == (False, True, False, True)
    assert (kept.time_zone, kept.morning_at) == ("America/Denver", time(6, 15))
    page = client.get(url).content.decode()
    assert 'value="America/Denver" selected' in page
    assert 'value="06:15"' in page


def test_escalations_are_offered_to_editors_alone(rosa: User) -> None:
    editor = member(Role.EDITOR, rosa.membership.newsroom)
    url = reverse("reminder_choices")

    assert "What is left undone" not in signed_in(rosa).get(url).content.decode()
    assert "What is left undone" in signed_in(editor).get(url).content.decode()


SETTINGS = {
    "city_before": "7, 2",
    "city_daily_for": "10",
    "ours_before": "21 7 1",
    "editors_after_late": "4",
    "editors_before_ours": "0",
    "time_zone": "America/Chicago",
    "steward_after": "20",
    "morning_at": "06:00",
}


def test_settings_of_the_newsroom_are_saved_and_shown() -> None:
    admin = member(Role.ADMIN)
    client = signed_in(admin)

    assert client.post(reverse("reminder_settings"), SETTINGS).status_code == 303

    kept = ReminderPolicy.objects.get(newsroom=admin.membership.newsroom)
    assert (kept.city_before, kept.ours_before) == ([7, 2], [21, 7, 1])
    assert 'value="21, 7, 1"' in client.get(reverse("reminder_settings")).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"city_before": "a week"},
        {"ours_before": "61"},
        {"ours_before": ""},
        {"city_daily_for": "0"},
        {"time_zone": "Nowhere/Else"},
        {"morning_at": "25:00"},
    ],
)
def test_wrong_settings_change_nothing(wrong: dict[str, str]) -> None:
    answer = signed_in(member(Role.ADMIN)).post(reverse("reminder_settings"), SETTINGS | wrong)

    assert answer.status_code == 422
    assert not ReminderPolicy.objects.exists()


def test_an_admin_sees_what_did_not_go_and_has_it_tried_again(
    rosa: User, rr: RecordsRequest
) -> None:
    failed = Notice.objects.create(
        user=rosa, kind="city", records_request=rr, on=TODAY, message_id="<1@x>", state="failed",
        last_answer="The mail server answered: 550 no such mailbox",
    )  # fmt: skip
    ReminderProblem.objects.create(records_request=rr, problem="CalendarError: 1999", at=NOW)
    client = signed_in(member(Role.ADMIN, rosa.membership.newsroom))
    url = reverse("reminder_settings")

    page = client.get(url).content.decode()
    assert "550 no such mailbox" in page
    assert "CalendarError: 1999" in page
    client.post(reverse("reminders_again"))

    failed.refresh_from_db()
    assert failed.state == "queued"
    stranger = signed_in(member(Role.ADMIN))
    assert "CalendarError" not in stranger.get(url).content.decode()


def test_opening_the_link_of_a_mail_stops_nothing(rosa: User) -> None:
    """Programs that check a mail for danger open every link in it."""
    url = reverse("unsubscribe", args=[token_for(rosa.pk, "digest")])

    answer = Client().get(url)

    assert "Stop this mail?" in answer.content.decode()
    assert not ReminderChoices.objects.filter(digest=False).exists()


def test_one_click_stops_a_kind_without_signing_in(rosa: User) -> None:
    url = reverse("unsubscribe", args=[token_for(rosa.pk, "digest")])
    program = Client(enforce_csrf_checks=True)

    for _ in range(2):
        answer = program.post(url, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "Stopped" in answer.content.decode()

    kept = ReminderChoices.objects.get(user=rosa)
    assert (kept.digest, kept.city) == (False, True)


@pytest.mark.parametrize("token", ["forged", "WzEsImNpdHkiXQ:forged"])
def test_a_forged_link_is_not_there(token: str) -> None:
    assert Client().post(reverse("unsubscribe", args=[token])).status_code == 404


def test_nobody_sees_anothers_reminders(rosa: User, rr: RecordsRequest) -> None:
    mine = _set(rosa, rr)
    editor = signed_in(member(Role.EDITOR, rosa.membership.newsroom))

    page: Any = editor.get(reverse("reminder_new", args=[rr.public_id]))
    assert "ask again</td>" not in page.content.decode()
    assert editor.post(reverse("reminder_remove", args=[mine.pk])).status_code == 404
