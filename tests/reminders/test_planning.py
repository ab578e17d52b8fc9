"""Who is to be told what, whatever mornings the desk is there for."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cities.clocks.derive import Closure as LegalClosure
from requests_app.actions.cities import contacts
from requests_app.actions.newsroom import people, reminders
from requests_app.actions.requests import city_determinations, city_progress, ending
from requests_app.actions.sending import our_letters
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    Deadline,
    Notice,
    Reminder,
    ReminderChoices,
    ReminderPolicy,
    ReminderProblem,
    Role,
    User,
)
from requests_app.reminders.planning import write_notices
from tests.factories import NOW, TODAY, acting, member, said, submitted
from tests.reminders.desk import morning, planned, run, used_to_it

pytestmark = pytest.mark.django_db

FRIDAY = morning(11, 6)  # the city's last day to answer what was sent on NOW


@pytest.fixture
def rosa() -> User:
    return used_to_it(member(name="Rosa"), digest=False)


@pytest.fixture
def grace(rosa: User) -> User:
    editor = member(Role.EDITOR, rosa.membership.newsroom, name="Grace")
    return used_to_it(editor, digest=False)


def test_the_day_is_told_to_who_began_the_request(rosa: User, grace: User) -> None:
    submitted(rosa)

    assert planned(FRIDAY) == [("Rosa", "city", ["response day"])]


def test_who_it_is_assigned_to_is_told_instead(rosa: User, grace: User) -> None:
    request = submitted(rosa)
    tom = used_to_it(member(newsroom=rosa.membership.newsroom, name="Tom"), digest=False)
    people.assign(
        request,
        to=tom,
        by=Attribution(grace, NOW),
    )

    assert planned(FRIDAY) == [("Tom", "city", ["response day"])]


def test_a_second_run_adds_nothing(rosa: User) -> None:
    submitted(rosa)
    assert planned(FRIDAY)

    assert planned(FRIDAY) == []
    assert planned(FRIDAY + timedelta(hours=9)) == []


def test_a_run_that_died_before_its_end_is_made_up_and_tells_nothing_twice(
    rosa: User, monkeypatch: Any
) -> None:
    submitted(rosa)
    submitted(rosa, subject="Another")
    whole, begun = write_notices.write, []

    def dies(*args: Any, **kwargs: Any) -> int:
        begun.append(args)
        whole(*args, **kwargs)
        raise SystemExit  # within the reader's transaction

    monkeypatch.setattr("requests_app.reminders.planning.morning_round.write", dies)
    with pytest.raises(SystemExit):
        run(FRIDAY)
    assert begun
    assert not Notice.objects.exists()
    monkeypatch.undo()

    assert planned(FRIDAY) == [("Rosa", "city", ["response day"])] * 2
    ReminderChoices.objects.update(last_round_on=None)  # as if it had died once all was written
    assert planned(FRIDAY) == []


def test_days_on_which_the_desk_slept_are_one_mail_that_names_them(rosa: User) -> None:
    submitted(rosa)
    run(FRIDAY)

    # It slept from Saturday to Friday; the 11th is a holiday.
    assert planned(morning(11, 13)) == [("Rosa", "city", ["response late-4"])]
    [told] = Reminder.objects.filter(step="late-4")
    assert told.missed == ["2026-11-09", "2026-11-10", "2026-11-12"]


def test_a_day_that_was_not_missed_is_not_called_so(rosa: User) -> None:
    submitted(rosa)
    for day in (6, 7, 8, 9):
        run(morning(11, day))

    assert [row.missed for row in Reminder.objects.all()] == [[], []]


def test_editors_are_told_past_the_threshold_once(rosa: User, grace: User) -> None:
    submitted(rosa)
    told = [one for day in range(6, 28) for one in planned(morning(11, day)) if one[0] == "Grace"]

    late = [steps for _, kind, steps in told if kind == "escalation" and "response" in steps[0]]
    assert late == [["response late-5"]]


def test_an_editor_whose_request_it_is_is_told_once(grace: User) -> None:
    submitted(grace)
    for day in range(6, 17):
        run(morning(11, day))

    steps = Reminder.objects.filter(clock="response").values_list("step", flat=True)
    assert len(steps) == len(set(steps))
    assert not Notice.objects.filter(kind="escalation").exists()


def test_our_last_days_go_to_owner_and_editors(rosa: User, grace: User) -> None:
    request = submitted(rosa)
    city_determinations.deny(request, answer=said(text="No."), **acting(request))
    due = request.deadlines.get(clock="appeal").due_on
    assert due == date(2026, 12, 2)
    for day in (18, 25, 29):
        run(morning(11, day))

    assert planned(morning(12, 1)) == [
        ("Rosa", "last_call", ["appeal before-1"]),
        ("Grace", "escalation", ["appeal before-1"]),
    ]
    assert planned(morning(12, 2)) == [
        ("Rosa", "last_call", ["appeal day"]),
        ("Grace", "escalation", ["appeal day"]),
    ]
    assert planned(morning(12, 3)) == [
        ("Rosa", "ours", ["appeal past"]),
        ("Grace", "escalation", ["appeal past"]),
    ]


def test_a_last_call_comes_even_where_the_kind_is_switched_off(rosa: User) -> None:
    request = submitted(rosa)
    city_determinations.deny(request, answer=said(text="No."), **acting(request))
    reminders.choose(by=rosa, ours=False)

    assert planned(morning(11, 29)) == []
    assert planned(morning(12, 1)) == [("Rosa", "last_call", ["appeal before-1"])]


def test_a_last_call_that_was_slept_through_is_still_one(rosa: User) -> None:
    request = submitted(rosa)
    city_determinations.deny(request, answer=said(text="No."), **acting(request))
    reminders.choose(by=rosa, ours=False)

    assert planned(morning(12, 4)) == [("Rosa", "last_call", ["appeal past"])]


def test_the_request_of_somebody_who_left_is_told_to_the_editors(rosa: User, grace: User) -> None:
    submitted(rosa)
    admin = member(Role.ADMIN, rosa.membership.newsroom, name="Ana")
    people.deactivate(rosa.membership, by=admin, at=NOW)

    assert planned(FRIDAY) == [("Grace", "escalation", ["response day"])]


def test_a_date_that_moves_has_reminders_of_its_own(rosa: User) -> None:
    request = submitted(rosa)
    run(FRIDAY)
    run(morning(11, 9))
    assert Reminder.objects.filter(step="late-1").count() == 1
    contacts.enter_closure(
        rosa.membership.newsroom,
        LegalClosure(date(2026, 11, 6), "storm", "the city's page"),
        city_slug=request.city_slug,
        by=Attribution(rosa, morning(11, 9, hour=15)),
    )
    assert request.deadlines.get(clock="response").due_on == date(2026, 11, 9)

    [(_, _, steps)] = planned(morning(11, 10))
    assert "response late-1" in steps  # once more: of another day
    days = Reminder.objects.filter(clock="response", step="late-1").values_list("due_on", flat=True)
    assert sorted(days) == [date(2026, 11, 6), date(2026, 11, 9)]


def test_tolled_and_answered_and_closed_requests_remind_nobody(rosa: User) -> None:
    asked = submitted(rosa, city_slug="us-mo/kansas-city", office_role="records_custodian")
    city_progress.request_clarification(asked, answer=said(text="Which?"), **acting(asked))
    granted = submitted(rosa, subject="Granted")
    city_determinations.grant(granted, answer=said(text="Here."), **acting(granted))
    ended = submitted(rosa, subject="Withdrawn")
    ending.withdraw(ended, on=TODAY, **acting(ended))

    clocks = [steps for day in range(3, 20) for _, _, steps in planned(morning(11, day))]

    told = set(Reminder.objects.values_list("records_request", flat=True))
    assert not told & {granted.pk, ended.pk}
    assert all(not step.startswith("response") for steps in clocks for step in steps)


def test_a_newcomer_is_not_told_what_was_before_their_first_morning() -> None:
    rosa = member(name="Rosa")
    submitted(rosa)

    assert planned(FRIDAY) == []
    assert planned(morning(11, 9)) == [
        ("Rosa", "city", ["response late-1"]),
        ("Rosa", "digest", []),
    ]


def test_before_a_readers_morning_nothing_is_told(rosa: User) -> None:
    submitted(rosa)
    ReminderChoices.objects.filter(user=rosa).update(time_zone="America/Los_Angeles")

    assert planned(morning(11, 6, hour=15, minute=29)) == []
    assert planned(morning(11, 6, hour=15, minute=30)) == [("Rosa", "city", ["response day"])]


def test_choices_are_kept_to(rosa: User) -> None:
    submitted(rosa)
    reminders.choose(by=rosa, city=False)
    assert planned(FRIDAY) == []

    reminders.choose(by=rosa, city=True)
    assert planned(morning(11, 9)) == [("Rosa", "city", ["response late-1"])]


def test_settings_of_the_newsroom_are_kept_to(rosa: User) -> None:
    ReminderPolicy.objects.create(
        newsroom=rosa.membership.newsroom, city_before=[2], city_daily_for=1
    )
    submitted(rosa)

    steps = [s for day in range(3, 18) for _, _, told in planned(morning(11, day)) for s in told]

    assert steps == ["response before-2", "response day", "response late-1", "response late-6"]


@pytest.mark.tampered
def test_one_request_that_cannot_be_read_stops_no_other(rosa: User, grace: User) -> None:
    broken, sound = submitted(rosa), submitted(rosa, subject="Sound")
    Deadline.objects.filter(records_request=broken, clock="response").update(
        due_on=date(1999, 1, 1), starts_on=date(1998, 1, 1)
    )

    assert planned(FRIDAY) == [("Rosa", "city", ["response day"])]
    assert Notice.objects.get().records_request == sound
    problem = ReminderProblem.objects.get()
    assert problem.records_request == broken
    assert "calendar" in problem.problem


def test_a_request_that_can_be_read_again_is_told_the_same_day(rosa: User) -> None:
    broken = submitted(rosa)
    row = Deadline.objects.filter(records_request=broken, clock="response")
    row.update(due_on=date(1999, 1, 1), starts_on=date(1998, 1, 1))
    assert planned(FRIDAY) == []
    row.update(due_on=date(2026, 11, 6), starts_on=date(2026, 11, 2))

    assert planned(FRIDAY + timedelta(minutes=5)) == []  # not each minute
    later = FRIDAY + timedelta(minutes=20)
    assert planned(later) == [("Rosa", "city", ["response day"])]
    assert not ReminderProblem.objects.exists()


def test_personal_reminder_comes_on_its_day_and_once(rosa: User) -> None:
    request = submitted(rosa)
    reminders.remind_me(
        request,
        on=date(2026, 11, 4),
        note="ask again",
        by=Attribution(rosa, NOW),
        today=TODAY,
    )

    assert planned(morning(11, 3)) == []
    assert planned(morning(11, 4)) == [("Rosa", "personal", ["personal day"])]
    assert planned(morning(11, 5)) == []


def test_personal_reminder_of_a_day_the_desk_slept_is_made_up(rosa: User) -> None:
    request = submitted(rosa)
    mine = reminders.remind_me(
        request,
        on=date(2026, 11, 4),
        note="ask again",
        by=Attribution(rosa, NOW),
        today=TODAY,
    )
    gone = reminders.remind_me(
        request,
        on=date(2026, 11, 4),
        note="gone",
        by=Attribution(rosa, NOW),
        today=TODAY,
    )
    reminders.mark_done(
        gone,
        by=Attribution(rosa, NOW),
    )

    assert planned(morning(11, 5)) == [("Rosa", "personal", ["personal day"])]
    assert Reminder.objects.get().occurrence == mine.pk


def test_personal_reminder_of_a_request_one_no_longer_sees_stays_silent(rosa: User) -> None:
    tom = used_to_it(member(newsroom=rosa.membership.newsroom), digest=False)
    request = submitted(rosa)
    people.share(
        request,
        with_=tom,
        by=Attribution(rosa, NOW),
    )
    reminders.remind_me(
        request,
        on=date(2026, 11, 4),
        note="x",
        by=Attribution(tom, NOW),
        today=TODAY,
    )
    request.shared_with.clear()

    assert planned(morning(11, 4)) == []


def test_a_digest_is_promised_once_each_weekday() -> None:
    grace = used_to_it(member(Role.EDITOR, name="Grace"))

    kinds = [planned(morning(11, day)) for day in range(2, 10)]

    digest: list[tuple[str, str, list[str]]] = [("Grace", "digest", [])]
    assert kinds == [digest, digest, digest, digest, digest, [], [], digest]
    assert planned(morning(11, 9, hour=20)) == []
    assert Notice.objects.filter(user=grace).count() == 6


def test_message_ids_follow_from_the_keys(rosa: User) -> None:
    submitted(rosa)
    run(FRIDAY)
    first = Notice.objects.get().message_id
    Notice.objects.all().delete()
    ReminderChoices.objects.update(last_round_on=None)

    run(FRIDAY)

    assert Notice.objects.get().message_id == first


def _queries(at: datetime) -> int:
    with CaptureQueriesContext(connection) as asked:
        run(at)
    return len(asked)


def test_a_morning_asks_the_same_queries_for_any_number_of_requests(
    rosa: User, grace: User
) -> None:
    submitted(rosa)
    few = _queries(FRIDAY)
    for number in range(12):
        submitted(rosa, subject=f"Request {number}")

    assert _queries(morning(11, 9)) == few
    assert Notice.objects.filter(on="2026-11-09").count() == 13


def test_between_mornings_a_run_asks_next_to_nothing(rosa: User) -> None:
    submitted(rosa)
    run(FRIDAY)

    assert _queries(FRIDAY + timedelta(minutes=1)) <= 4


def test_a_fee_is_a_day_of_ours_until_it_is_paid(rosa: User) -> None:
    """Portland: a fee unpaid for sixty days closes the request."""
    request = submitted(rosa, city_slug="us-or/portland", office_role="records_custodian")
    city_progress.estimate_fees(
        request, answer=said(text="$40."), amount=Decimal("40.00"), **acting(request)
    )
    due = request.deadlines.get(clock="fee_lapse").due_on
    assert due is not None
    at = datetime.combine(due - timedelta(days=1), NOW.timetz())

    assert ("Rosa", "last_call", ["fee_lapse before-1"]) in planned(at)
    our_letters.pay_fees(request, on=TODAY, **acting(request))
    assert not [t for t in planned(at + timedelta(days=1)) if "fee_lapse day" in t[2]]
