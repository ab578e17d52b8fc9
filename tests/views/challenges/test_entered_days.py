"""The days of a challenge over HTTP: entered, shown everywhere alike, moved, ended."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from requests_app.actions.newsroom import access
from requests_app.actions.requests import appeals
from requests_app.ledger.attribution import Attribution
from requests_app.models import Appeal, Notice, Role
from requests_app.reminders.mails.mail_body import message_for
from tests.factories import NOW, TODAY, acting, appealed, in_state, member
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
HEARING: dict[str, Any] = {
    "kind": "hearing",
    "due_on": "2026-12-14",
    "hour": "10:00",
    "place": "165 Capitol Avenue, Hartford",
    "heard_on": "2026-11-02",
}


@pytest.fixture
def appeal() -> Appeal:
    return appealed(in_state("denied"))


@pytest.fixture
def client(appeal: Appeal) -> Client:
    return signed_in(appeal.created_by)


def page(name: str, appeal: Appeal, *more: int) -> str:
    return reverse(name, args=[appeal.pk, *more])


def entered(client: Client, appeal: Appeal, **changed: Any) -> Any:
    return client.post(page("challenge_day_new", appeal), HEARING | changed, follow=True)


def test_a_hearing_stands_on_the_challenges_page_with_who_entered_it(
    client: Client, appeal: Appeal
):
    shown = flat(entered(client, appeal))

    where = "Monday, December 14, 2026, 10:00 a.m., 165 Capitol Avenue, Hartford"
    assert f"<strong>Hearing</strong>: {where}" in shown
    assert f"entered by {appeal.created_by}" in shown


def test_it_stands_on_the_requests_page_the_board_the_list_and_in_the_api(
    client: Client, appeal: Appeal
):
    entered(client, appeal)
    rr = appeal.records_request

    with time_machine.travel(datetime(2026, 12, 3, 17, tzinfo=UTC), tick=False):
        client = signed_in(appeal.created_by)
        of_the_request = flat(client.get(reverse("request_page", args=[rr.public_id])))
        board = flat(client.get(reverse("board")))
        listed = flat(client.get(reverse("request_list")))
        api = client.get(reverse("api_deadlines", args=[rr.public_id])).json()

    assert '<h2 id="next">Hearing: Mon Dec 14</h2>' in of_the_request
    for shown in (of_the_request, board, listed):
        assert "Mon Dec 14, 10:00 a.m." in shown
    [row] = [one for one in api if one["clock"] == "hearing"]
    assert (row["name"], row["hour"], row["place"]) == ("Hearing", "10:00:00", HEARING["place"])


def test_the_calendar_has_its_hour_and_its_place(client: Client, appeal: Appeal):
    entered(client, appeal)
    token = access.open_feed(by=Attribution(appeal.created_by, NOW))

    answer = Client().get(reverse("calendar_feed", args=[token]))

    [entry] = [
        one
        for one in Calendar.from_ical(answer.content).walk("VEVENT")
        if "hearing" in str(one["uid"])
    ]
    subject = appeal.records_request.subject
    assert str(entry["summary"]) == (
        f"Stamford: Hearing (Freedom of Information Commission) · {subject}"
    )
    assert entry.decoded("dtstart") == datetime(2026, 12, 14, 15, tzinfo=UTC)
    assert str(entry["location"]) == HEARING["place"]


def test_without_an_hour_it_is_a_whole_day(client: Client, appeal: Appeal):
    entered(client, appeal, hour="")
    token = access.open_feed(by=Attribution(appeal.created_by, NOW))

    answer = Client().get(reverse("calendar_feed", args=[token]))

    days = [e.decoded("dtstart") for e in Calendar.from_ical(answer.content).walk("VEVENT")]
    assert date(2026, 12, 14) in days


def test_the_digest_names_it_from_two_weeks_before(client: Client, appeal: Appeal):
    entered(client, appeal)
    at = datetime(2026, 12, 11, 12, tzinfo=UTC)
    notice = Notice(user=appeal.created_by, kind="digest", on=at.date(), created_at=at)

    mail = message_for(notice, at=at)

    assert mail is not None
    body = " ".join(str(mail.body).split())
    assert "The hearing (Freedom of Information Commission) is in 3 days" in body
    assert "Monday, December 14, 2026, 10:00 a.m." in body


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"due_on": "2026-11-01"}, "is before Mon Nov 2, 2026, the day the appeal was filed"),
        ({"due_on": ""}, "This field is required."),
        ({"hour": "ten"}, "Write the hour as 10:00."),
        ({"kind": "own_day"}, "Say in a few words what the day is for."),
        ({"kind": "own_day", "name": "Deposition"}, "Say who has to act on that day."),
        ({"paper": "message-9999"}, "is not one of the available choices"),
    ],
)
def test_a_wrong_day_says_what_is_wrong_and_keeps_what_was_typed(
    client: Client, appeal: Appeal, changed: dict[str, str], sentence: str
):
    before = appeal.events.count()

    answer = client.post(page("challenge_day_new", appeal), HEARING | changed)

    assert answer.status_code == 422
    assert sentence in flat(answer)
    assert HEARING["place"] in flat(answer)
    assert appeal.events.count() == before


def test_pressed_twice_it_stands_once(client: Client, appeal: Appeal):
    entered(client, appeal)

    answer = client.post(page("challenge_day_new", appeal), HEARING)

    assert answer.status_code == 422
    assert "That day stands here already: look below." in flat(answer)


def test_it_is_moved_and_what_came_of_it_is_said(client: Client, appeal: Appeal):
    entered(client, appeal)
    moved = HEARING | {"due_on": "2026-12-21"}

    shown = flat(client.post(page("challenge_day_move", appeal, 1), moved, follow=True))
    assert "<strong>Hearing</strong>: Monday, December 21, 2026, 10:00 a.m." in shown
    assert "<strong>Hearing</strong>: Monday, December 14" not in shown

    over = {"came": "canceled", "on": "2026-11-02", "text": "The city gave way."}
    shown = flat(client.post(page("challenge_day_over", appeal, 1), over, follow=True))
    assert "Say what came of it" not in shown
    assert "it was canceled" in shown


def test_a_draft_shows_no_days_and_leads_back_from_the_form():
    request = in_state("denied")
    draft = appeals.draft(request, route="foic", **acting(request))
    client = signed_in(draft.created_by)

    assert "Enter a hearing" not in flat(client.get(page("appeal_page", draft)))
    answer = client.post(page("challenge_day_new", draft), HEARING, follow=True)
    assert answer.redirect_chain == [(page("appeal_page", draft), 303)]
    assert "This appeal is draft: no body sets a day in it now." in flat(answer)


def test_another_newsroom_finds_none_of_it(appeal: Appeal, client: Client):
    entered(client, appeal)
    stranger = signed_in(member(Role.ADMIN))

    for name, more in (
        ("challenge_day_new", ()),
        ("challenge_day_move", (1,)),
        ("challenge_day_over", (1,)),
    ):
        assert stranger.post(page(name, appeal, *more), HEARING).status_code == 404


def test_a_day_that_is_not_there_is_not_found(client: Client, appeal: Appeal):
    assert client.get(page("challenge_day_move", appeal, 7)).status_code == 404


def test_the_day_that_a_decision_sets_stands_on_board_calendar_and_in_the_api(
    client: Client, appeal: Appeal
):
    decided = {"on": "2026-11-02", "outcome": "reversed", "comply_by_on": "2026-12-14"}
    client.post(
        page("appeal_decide", appeal), {**decided, "text": "It is ordered.", "channel": "email"}
    )
    rr = appeal.records_request
    token = access.open_feed(by=Attribution(appeal.created_by, NOW))

    with time_machine.travel(datetime(2026, 12, 3, 17, tzinfo=UTC), tick=False):
        client = signed_in(appeal.created_by)
        board = flat(client.get(reverse("board")))
        api = client.get(reverse("api_deadlines", args=[rr.public_id])).json()
        calendar = client.get(reverse("calendar_feed", args=[token])).content

    assert "to comply by the day that the decision sets" in board
    [row] = [one for one in api if one["clock"] == "comply_by"]
    assert (row["due_on"], row["whose"]) == ("2026-12-14", "city")
    days = [e.decoded("dtstart") for e in Calendar.from_ical(calendar).walk("VEVENT")]
    assert date(2026, 12, 14) in days


def test_of_a_decided_challenge_only_the_day_to_comply_can_be_entered(
    client: Client, appeal: Appeal
):
    decision = appeals.Decision(TODAY, "reversed")
    appeals.decide(appeal, decision, **acting(appeal.records_request))

    form = client.get(page("challenge_day_new", appeal)).context["form"]

    assert form["kind"].field.choices == [("comply_by", "The city has to comply with the decision")]
