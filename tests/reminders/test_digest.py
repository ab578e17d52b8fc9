"""What stands in a morning's digest, and that there is none where nothing does."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings

from requests_app.actions.newsroom import reminders
from requests_app.actions.requests import city_determinations, notes, submission
from requests_app.ledger import record
from requests_app.ledger.attribution import Attribution, ByTheDesk
from requests_app.ledger.occasion import Occasion
from requests_app.letters import Sending
from requests_app.models import Channel, Deadline, EventKind, Notice, NoticeState, Role, User
from requests_app.reminders.mails.digest import gather
from requests_app.reminders.planning.morning_round import plan
from tests.factories import BY_EMAIL, NOW, TODAY, acting, draft, member, said, submitted
from tests.reminders.desk import morning, used_to_it, words_of

pytestmark = pytest.mark.django_db

FRIDAY = morning(11, 20)


@pytest.fixture
def grace() -> User:
    return used_to_it(member(Role.EDITOR, name="Grace"))


@pytest.fixture
def rosa(grace: User) -> User:
    return used_to_it(member(newsroom=grace.membership.newsroom, name="Rosa"))


def digest_for(user: User, at: Any = FRIDAY) -> str:
    plan(at=at)
    notice = Notice.objects.filter(user=user, kind="digest").latest("pk")
    return words_of(Notice.objects.select_related("user").get(pk=notice.pk), at=at)


def test_there_is_none_where_there_is_nothing_to_say(grace: User) -> None:
    assert digest_for(grace) == ""


def test_late_requests_stand_longest_first(grace: User, rosa: User) -> None:
    submitted(rosa, subject="Sent later", at=NOW + timedelta(days=3))
    submitted(rosa, subject="Sent first")

    text = digest_for(grace)

    assert text.index("Sent first") < text.index("Sent later")
    assert "The city’s answer is 9 business days late" in text
    assert "Friday, November 6, 2026. Conn. Gen. Stat. § 1-206(a)" in text


def test_days_of_ours_stand_first(grace: User, rosa: User) -> None:
    submitted(rosa, subject="Late with an answer")
    denied = submitted(rosa, subject="Denied")
    city_determinations.deny(denied, answer=said(text="No."), **acting(denied))

    text = digest_for(grace)

    assert text.index("ABOUT TO BE LOST") < text.index("LATE\n")
    assert "Our appeal (Freedom of Information Commission) is due in 12 days" in text
    assert text.splitlines()[0] == "Fri Nov 20: 2 about to be lost, 1 late"


def test_what_came_in_is_counted_since_the_last_digest(grace: User, rosa: User) -> None:
    request = submitted(rosa)
    for day in (2, 10, 19):
        at = morning(11, day, hour=20)
        record(request, EventKind.MAIL_RECEIVED, Occasion(ByTheDesk(at), date(2026, 11, day)))
    plan(at=morning(11, 5))
    Notice.objects.filter(user=grace).update(state=NoticeState.SENT)

    text = digest_for(grace)  # of the 5th, then none for two weeks

    assert text.count("Message from the city") == 2
    assert "counted since Thursday, November 5, 2026, 8:00 a.m." in text


def test_letters_that_need_a_person_are_listed(grace: User, rosa: User) -> None:
    request = draft(rosa)
    delivery = submission.submit(
        request, by=Attribution(rosa, NOW), sending=Sending(Channel.POST, "888 Main Street")
    )
    assert delivery.pk

    text = digest_for(grace)

    assert "NEEDS A PERSON" in text
    assert "To be handed over" in text


def test_a_reporter_reads_of_their_own_and_an_editor_of_all(grace: User, rosa: User) -> None:
    submitted(rosa, subject="Rosa’s request")
    tom = used_to_it(member(newsroom=grace.membership.newsroom, name="Tom"))
    submitted(tom, subject="Tom’s request")

    assert "Tom’s request" in digest_for(grace)
    assert "Tom’s request" not in digest_for(rosa)


def test_personal_reminders_stay_until_they_are_done(rosa: User) -> None:
    request = submitted(rosa)
    mine = reminders.remind_me(
        request,
        on=date(2026, 11, 4),
        note="call Dana",
        by=Attribution(rosa, NOW),
        today=TODAY,
    )

    assert "call Dana" in digest_for(rosa)
    reminders.mark_done(
        mine,
        by=Attribution(rosa, FRIDAY),
    )
    assert "call Dana" not in digest_for(rosa)


def test_a_long_list_is_cut_and_counted(grace: User, rosa: User) -> None:
    for number in range(17):
        submitted(rosa, subject=f"Request {number}")

    text = digest_for(grace)

    assert text.count("business days late") == 15
    assert f"and 2 more: {settings.BASE_URL}/" in text


@pytest.mark.tampered
def test_one_row_that_cannot_be_read_costs_no_other(grace: User, rosa: User) -> None:
    broken, sound = submitted(rosa, subject="Broken"), submitted(rosa, subject="Sound")
    Deadline.objects.filter(records_request=broken).update(due_on=date(1999, 1, 1))

    text = digest_for(grace)

    assert "Sound" in text
    assert f"Clocks that could not be read: {broken.reference}." in text
    assert sound.reference in text


def test_a_note_is_nothing_that_came_in(rosa: User) -> None:
    request = submitted(rosa, at=NOW + timedelta(days=17))
    notes.note(
        request,
        on=date(2026, 11, 19),
        text="called",
        by=Attribution(rosa, morning(11, 19)),
    )

    assert digest_for(rosa) == ""


def test_a_digest_that_was_switched_off_is_not_sent(rosa: User) -> None:
    submitted(rosa)
    plan(at=FRIDAY)
    reminders.choose(by=rosa, digest=False)

    notice = Notice.objects.get(user=rosa, kind="digest")
    assert words_of(notice, at=FRIDAY) == ""


def test_letters_on_their_way_need_nobody(rosa: User) -> None:
    request = draft(rosa)
    delivery = submission.submit(request, by=Attribution(rosa, FRIDAY), sending=BY_EMAIL)
    assert delivery.pk

    assert digest_for(rosa) == ""


@pytest.mark.parametrize(("count", "queries"), [(2, 10), (40, 12)])
def test_a_digest_asks_the_same_queries_for_any_number_of_requests(
    grace: User, rosa: User, count: int, queries: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        submitted(rosa, subject=f"Request {number}")
    plan(at=FRIDAY)
    notice = Notice.objects.select_related(
        "user__membership__newsroom__reminder_policy", "user__reminder_choices"
    ).get(user=grace, kind="digest")

    # The last digest, closures, our clocks, what is late, what came in, the Inbox, letters, one's
    # own, datasets, the heads of the chains; and how many there are, of what there is more of than
    # is shown.
    with django_assert_num_queries(queries):
        assert gather(notice, at=FRIDAY) is not None


def test_what_is_long_lost_is_not_said_each_morning(rosa: User) -> None:
    denied = submitted(rosa)
    city_determinations.deny(denied, answer=said(text="No."), **acting(denied))

    assert "Our appeal (Freedom of Information Commission) is past its last safe day" in digest_for(
        rosa, morning(12, 9)
    )
    assert digest_for(rosa, morning(12, 10)) == ""
