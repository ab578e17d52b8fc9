"""What a reminder says, and when there is nothing left to say."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings

from requests_app.actions.newsroom import people, reminders
from requests_app.actions.requests import city_determinations, ending
from requests_app.ledger.attribution import Attribution
from requests_app.models import Notice, Role, User
from requests_app.models.requests.records_request import RecordsRequest
from requests_app.reminders.planning.morning_round import plan
from tests.factories import NOW, TODAY, acting, member, said
from tests.reminders.conftest import FRIDAY
from tests.reminders.desk import morning, words_of

pytestmark = pytest.mark.django_db


def told(at: Any) -> str:
    """The text of the one mail that this morning adds."""
    known = set(Notice.objects.values_list("pk", flat=True))
    plan(at=at)
    [new] = Notice.objects.exclude(pk__in=known)
    return words_of(new, at=at)


def test_it_says_the_day_in_words_the_rule_and_the_citation(notice: Notice) -> None:
    text = words_of(notice, at=FRIDAY)
    request = notice.records_request
    assert request is not None

    deadline = request.deadlines.get(clock="response")
    assert "The city has until Friday, November 6, 2026, to answer." in text
    assert deadline.rule in text
    assert deadline.citation in text
    assert f"{settings.BASE_URL}/requests/{request.public_id}/" in text
    assert f"Stop mail about the city’s clocks: {settings.BASE_URL}/unsubscribe/" in text


def test_lateness_is_in_the_citys_business_days(request_of_hers: RecordsRequest) -> None:
    plan(at=FRIDAY)

    text = told(morning(11, 12))  # a weekend and Veterans Day lie between

    assert "the city’s answer is 3 business days late" in text
    assert "The city had until Friday, November 6, 2026, to answer." in text
    assert "The desk did not run when this was to be said on Mon Nov 9 and Tue Nov 10." in text


def test_last_call_says_that_it_cannot_be_switched_off(request_of_hers: RecordsRequest) -> None:
    city_determinations.deny(request_of_hers, answer=said(text="No."), **acting(request_of_hers))
    plan(at=morning(11, 30))

    text = told(morning(12, 1))

    assert "last call: our appeal is due tomorrow" in text
    assert "We have until Wednesday, December 2, 2026, to appeal." in text
    assert "A last call comes whatever else is switched off" in text
    assert "/unsubscribe/" not in text


@pytest.mark.tampered
def test_a_day_of_ours_that_passed_says_what_the_generous_reading_gives(
    request_of_hers: RecordsRequest,
) -> None:
    city_determinations.deny(request_of_hers, answer=said(text="No."), **acting(request_of_hers))
    plan(at=morning(12, 2))

    text = told(morning(12, 3))

    assert "our appeal is past its last safe day" in text
    assert "No reading of the law that the desk knows gives more time." in text
    request_of_hers.deadlines.update(latest_on=date(2026, 12, 7))
    [past] = Notice.objects.filter(reminders__step="past")
    assert "gives until Monday, December 7, 2026." in words_of(past, at=morning(12, 3))


def test_silence_that_nobody_has_recorded_is_said_to_be_no_denial_yet(
    request_of_hers: RecordsRequest,
) -> None:
    plan(at=morning(11, 19))

    plan(at=morning(11, 20))

    [ours] = Notice.objects.filter(kind="ours")
    text = words_of(ours, at=morning(11, 20))
    assert "If the city’s silence is a denial, which nobody has recorded yet" in text


def test_what_is_answered_before_the_mail_goes_is_not_said(
    notice: Notice, request_of_hers: RecordsRequest
) -> None:
    city_determinations.grant(request_of_hers, answer=said(text="Here."), **acting(request_of_hers))

    assert words_of(Notice.objects.get(pk=notice.pk), at=FRIDAY) == ""


@pytest.mark.tampered
def test_a_date_that_moved_before_the_mail_goes_is_not_said(
    notice: Notice, request_of_hers: RecordsRequest
) -> None:
    request_of_hers.deadlines.update(due_on=date(2026, 11, 20))

    assert words_of(notice, at=FRIDAY) == ""


def test_a_request_that_ended_before_the_mail_goes_is_not_said(
    notice: Notice, request_of_hers: RecordsRequest
) -> None:
    ending.withdraw(request_of_hers, on=TODAY, **acting(request_of_hers))

    assert words_of(Notice.objects.get(pk=notice.pk), at=FRIDAY) == ""


def test_a_request_given_to_somebody_else_is_not_said(notice: Notice, rosa: User) -> None:
    editor = member(Role.EDITOR, rosa.membership.newsroom)
    assert notice.records_request is not None
    people.assign(
        notice.records_request,
        to=editor,
        by=Attribution(editor, NOW),
    )

    assert words_of(Notice.objects.get(pk=notice.pk), at=FRIDAY) == ""


def test_a_kind_switched_off_before_the_mail_goes_is_not_said(notice: Notice, rosa: User) -> None:
    reminders.choose(by=rosa, city=False)

    assert words_of(Notice.objects.get(pk=notice.pk), at=FRIDAY) == ""


def test_somebody_who_left_is_told_nothing(notice: Notice, rosa: User) -> None:
    people.deactivate(rosa.membership, by=member(Role.ADMIN, rosa.membership.newsroom), at=NOW)

    assert words_of(Notice.objects.get(pk=notice.pk), at=FRIDAY) == ""


def test_personal_reminder_keeps_its_note_out_of_the_subject(
    request_of_hers: RecordsRequest, rosa: User
) -> None:
    mine = reminders.remind_me(
        request_of_hers,
        on=date(2026, 11, 4),
        note="ask <Dana>",
        by=Attribution(rosa, NOW),
        today=TODAY,
    )

    text = told(morning(11, 4))

    subject, _, body = text.partition("\n")
    assert subject == "STAM-2026-0001: you wanted to be reminded"
    assert "ask <Dana>" in body
    assert "You wanted to be reminded on Wednesday, November 4, 2026." in body
    reminders.mark_done(
        mine,
        by=Attribution(rosa, NOW),
    )
    assert words_of(Notice.objects.get(), at=morning(11, 4)) == ""
