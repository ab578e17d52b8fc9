"""What people may ask for and switch off, and what the newsroom may set."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.newsroom import reminders
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    Newsroom,
    Notice,
    NoticeState,
    PersonalReminder,
    RecordsRequest,
    ReminderChoices,
    ReminderKind,
    ReminderPolicy,
    ReminderProblem,
    User,
)
from requests_app.reminders.mails.unsubscribing import (
    address_for,
    headers_for,
    read_token,
    token_for,
)
from tests.data_requests import DATASET
from tests.factories import NOW, TODAY, member, submitted
from tests.reminders.conftest import FRIDAY

pytestmark = pytest.mark.django_db


def policy(**changed: Any) -> dict[str, Any]:
    return {
        "city_before": [7],
        "ours_before": [14, 7],
        "time_zone": "America/Chicago",
        "morning_at": time(6),
        "city_daily_for": 10,
        "editors_after_late": 3,
        "editors_before_ours": 2,
        "steward_after": 14,
        **changed,
    }


def by(person: User) -> Attribution:
    return Attribution(person, NOW)


@pytest.mark.parametrize(
    ("on", "note", "why"),
    [
        (TODAY, "ask", "not ahead of us"),
        (TODAY - timedelta(days=1), "ask", "not ahead of us"),
        (TODAY + timedelta(days=2000), "ask", "check the year"),
        (TODAY + timedelta(days=1), "  ", "Write what"),
    ],
)
def test_a_reminder_that_cannot_be_is_refused(
    request_of_hers: RecordsRequest, rosa: User, on: date, note: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        reminders.remind_me(
            request_of_hers,
            on=on,
            note=note,
            by=Attribution(rosa, NOW),
            today=TODAY,
        )

    assert not PersonalReminder.objects.exists()


def test_ones_own_reminder_is_ones_own(request_of_hers: RecordsRequest, rosa: User) -> None:
    mine = reminders.remind_me(
        request_of_hers,
        on=TODAY + timedelta(days=21),
        note=" ask ",
        by=Attribution(rosa, NOW),
        today=TODAY,
    )
    other = member(newsroom=rosa.membership.newsroom)

    reminders.mark_done(
        mine,
        by=Attribution(other, NOW),
    )
    reminders.remove(mine, by=other)

    found = PersonalReminder.objects.get()
    assert (found.note, found.done_at) == ("ask", None)
    reminders.mark_done(
        mine,
        by=Attribution(rosa, NOW),
    )
    reminders.mark_done(
        mine,
        by=Attribution(rosa, FRIDAY),
    )
    assert PersonalReminder.objects.get().done_at == NOW
    reminders.remove(mine, by=rosa)
    assert not PersonalReminder.objects.exists()


def test_choices_keep_how_far_the_desk_has_come(rosa: User) -> None:
    ReminderChoices.objects.filter(user=rosa).update(last_round_on=TODAY)

    reminders.choose(by=rosa, city=False, time_zone="America/Chicago", morning_at=time(9))

    kept = ReminderChoices.objects.get(user=rosa)
    assert (kept.city, kept.ours, kept.last_round_on) == (False, True, TODAY)


def test_a_zone_nobody_knows_is_refused(rosa: User) -> None:
    with pytest.raises(Refused, match="no time zone"):
        reminders.choose(by=rosa, time_zone="America/Stamford")
    with pytest.raises(Refused, match="no time zone"):
        reminders.change_policy(
            rosa.membership.newsroom, by=by(rosa), **policy(time_zone="Nowhere")
        )

    assert not ReminderPolicy.objects.exists()


def test_settings_are_kept_largest_first(rosa: User) -> None:
    newsroom = rosa.membership.newsroom
    reminders.change_policy(newsroom, by=by(rosa), **policy())

    reminders.change_policy(newsroom, by=by(rosa), **policy(ours_before=[1, 30, 7, 7]))

    kept = ReminderPolicy.objects.get()
    assert (kept.newsroom, kept.ours_before, kept.editors_before_ours) == (newsroom, [30, 7, 1], 2)


@pytest.mark.parametrize("days", [[0], [-3], [61]])
def test_days_beyond_reason_are_refused(rosa: User, days: list[int]) -> None:
    with pytest.raises(Refused, match="from 1 to 60"):
        reminders.change_policy(rosa.membership.newsroom, by=by(rosa), **policy(city_before=days))


def test_what_failed_is_tried_again_and_only_ones_own(
    notice: Notice, request_of_hers: RecordsRequest, rosa: User
) -> None:
    Notice.objects.update(state=NoticeState.FAILED, attempts=8, doubts=1)
    ReminderProblem.objects.create(records_request=request_of_hers, problem="x", at=FRIDAY)
    elsewhere: Newsroom = member().membership.newsroom
    with pytest.raises(Refused, match="Nothing has failed"):
        reminders.try_again(
            elsewhere,
            by=Attribution(rosa, FRIDAY),
        )

    assert (
        reminders.try_again(
            rosa.membership.newsroom,
            by=Attribution(rosa, FRIDAY),
        )
        == 1
    )

    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.doubts) == (NoticeState.QUEUED, 0, 0)
    assert ReminderProblem.objects.get().at < FRIDAY


@pytest.mark.parametrize("kind", [kind for kind in ReminderKind if kind != "last_call"])
def test_a_token_switches_off_its_kind_alone(rosa: User, kind: ReminderKind) -> None:
    switches = [kind.value for kind in ReminderKind if kind != ReminderKind.LAST_CALL]
    ReminderChoices.objects.filter(user=rosa).update(**dict.fromkeys(switches, True))

    unwanted = read_token(token_for(rosa.pk, kind))
    assert unwanted is not None
    reminders.unsubscribe(user_id=unwanted.user_id, kind=unwanted.kind)

    kept = ReminderChoices.objects.get(user=rosa)
    assert [name for name in switches if not getattr(kept, name)] == [kind.value]


def test_a_last_call_has_no_token(notice: Notice, rosa: User) -> None:
    assert read_token(token_for(rosa.pk, ReminderKind.LAST_CALL)) is None
    notice.kind = ReminderKind.LAST_CALL
    assert (address_for(notice), headers_for(notice)) == ("", {})
    with pytest.raises(Refused):
        reminders.unsubscribe(user_id=rosa.pk, kind=ReminderKind.LAST_CALL)


@pytest.mark.parametrize("token", ["", "x", "WzEsImNpdHkiXQ:forged", "W10:W10", "a:b:c"])
def test_a_forged_token_names_nobody(token: str) -> None:
    assert read_token(token) is None


def test_a_token_of_another_kind_of_thing_names_nobody(rosa: User) -> None:
    from django.core.signing import Signer

    assert read_token(Signer(salt="elsewhere").sign_object([rosa.pk, "city"])) is None


def test_own_reminder_of_an_open_request_for_data_is_counted_anew(rosa: User) -> None:
    request = submitted(rosa, **DATASET)

    reminders.change_policy(rosa.membership.newsroom, by=by(rosa), **policy(steward_after=30))

    due = request.deadlines.get(clock="reminder").due_on
    assert request.submitted_on is not None
    assert due == request.submitted_on + timedelta(days=30)
