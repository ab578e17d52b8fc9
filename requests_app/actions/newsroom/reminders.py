"""What people ask to be reminded of, what may reach them, and when a newsroom is reminded."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction

from requests_app import ledger
from requests_app.actions.errors import Refused
from requests_app.actions.transitions import refuse_on_clock_error
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.security import security_log
from requests_app.models import (
    Newsroom,
    Notice,
    PersonalReminder,
    RecordsRequest,
    ReminderChoices,
    ReminderKind,
    ReminderPolicy,
    ReminderProblem,
    User,
)
from requests_app.reminders.mails import outbox
from requests_app.reminders.planning.reminder_days import MOST_DAYS_BEFORE
from requests_app.vocabulary.dates_and_amounts import short_weekday
from requests_app.vocabulary.kinds_of_request import OF_DATA
from requests_app.vocabulary.security_kinds import SecurityKind

FURTHEST = timedelta(days=5 * 366)
SWITCHES = {"message", "city", "ours", "escalation", "personal", "digest", "followed"}
NUMBERS = {"city_daily_for", "editors_after_late", "editors_before_ours", "steward_after"}


@transaction.atomic
def remind_me(
    records_request: RecordsRequest,
    *,
    on: date,
    note: str,
    by: Attribution,
    today: date,
) -> PersonalReminder:
    """A mail to oneself on the morning of that day, one's own day; `today` is one's own too."""
    if not note.strip():
        raise Refused("Write what you want to be reminded of.")
    if on <= today:
        raise Refused(f"{short_weekday(on)} is not ahead of us: choose tomorrow or a later day.")
    if on > today + FURTHEST:
        raise Refused(f"{short_weekday(on)} is more than five years away: check the year.")
    return PersonalReminder.objects.create(
        user=by.user,
        records_request=records_request,
        due_on=on,
        note=note.strip(),
        created_at=by.at,
    )


@transaction.atomic
def mark_done(
    reminder: PersonalReminder,
    *,
    by: Attribution,
) -> None:
    """It stays in the list of what is done; nothing is mailed of it any more."""
    PersonalReminder.objects.waiting().filter(pk=reminder.pk, user=by.user).update(done_at=by.at)


@transaction.atomic
def remove(reminder: PersonalReminder, *, by: User) -> None:
    PersonalReminder.objects.filter(pk=reminder.pk, user=by).delete()


@transaction.atomic
def choose(*, by: User, **fields: Any) -> ReminderChoices:
    """What reaches them: `city=`, `ours=`, …; `time_zone=`, `morning_at=` ("" and None: ours)."""
    unknown = set(fields) - SWITCHES - {"time_zone", "morning_at"}
    if unknown:
        raise TypeError(f"no choices of a person: {', '.join(sorted(unknown))}")
    if "time_zone" in fields:
        _check_zone(fields["time_zone"])
    choices = _locked_choices(by.pk)
    for name, value in fields.items():
        setattr(choices, name, value)
    choices.save(update_fields=sorted(fields))
    return choices


@transaction.atomic
def unsubscribe(*, user_id: int, kind: ReminderKind) -> None:
    """From a mail's own link; whoever holds it is taken to be its reader. Twice is once."""
    if kind.value not in SWITCHES:
        raise Refused("A last call cannot be switched off: give the request to somebody else.")
    choices = _locked_choices(user_id)
    setattr(choices, kind.value, False)
    choices.save(update_fields=[kind.value])


@transaction.atomic
def change_policy(
    newsroom: Newsroom,
    *,
    by: Attribution,
    city_before: Sequence[int],
    ours_before: Sequence[int],
    time_zone: str,
    morning_at: time,
    **numbers: int,
) -> ReminderPolicy:
    """When the newsroom is reminded. Steps already told stay told; the reminder of each request
    for data that is open is counted anew."""
    if unknown := set(numbers) - NUMBERS:
        raise TypeError(f"no settings of reminders: {', '.join(sorted(unknown))}")
    for days in (city_before, ours_before):
        if any(not 0 < day <= MOST_DAYS_BEFORE for day in days):
            raise Refused(f"Days before are numbers from 1 to {MOST_DAYS_BEFORE}.")
    _check_zone(time_zone)
    fields: dict[str, Any] = {
        "city_before": sorted(set(city_before), reverse=True),
        "ours_before": sorted(set(ours_before), reverse=True),
        "time_zone": time_zone,
        "morning_at": morning_at,
        **numbers,
    }
    policy, _ = ReminderPolicy.objects.update_or_create(newsroom=newsroom, defaults=fields)
    of_data = RecordsRequest.objects.open().filter(newsroom=newsroom, kind__in=OF_DATA)
    with refuse_on_clock_error():
        ledger.rederive_many(of_data, at=by.at, because="The newsroom’s reminder was changed")
    kind, changed = SecurityKind.SETTINGS_CHANGED, "when people are reminded"
    security_log.record(kind, by=by.user, newsroom=newsroom, at=by.at, changed=changed)
    return policy


@transaction.atomic
def try_again(
    newsroom: Newsroom,
    *,
    by: Attribution,
) -> int:
    """All mails to the newsroom's people that could not be sent; how many there were."""
    of_newsroom = Notice.objects.filter(user__membership__newsroom=newsroom)
    again = outbox.try_again(of_newsroom, at=by.at)
    if not again and not problems_of(newsroom):
        raise Refused("Nothing has failed: there is nothing to try again.")
    # Long enough ago that the next run takes them up.
    problems = ReminderProblem.objects.filter(records_request__newsroom=newsroom)
    problems.update(at=by.at - timedelta(days=1))
    return again


def problems_of(newsroom: Newsroom) -> list[ReminderProblem]:
    """The requests whose clocks could not be read for reminders."""
    found = ReminderProblem.objects.filter(records_request__newsroom=newsroom)
    return list(found.select_related("records_request").order_by("at"))


def _locked_choices(user_id: int) -> ReminderChoices:
    """A round of the desk's may be noting its day on the row: each saves its own columns."""
    ReminderChoices.objects.get_or_create(user_id=user_id)
    return ReminderChoices.objects.select_for_update(no_key=True).get(user_id=user_id)


def _check_zone(name: str) -> None:
    if name and name not in available_timezones():
        raise Refused(f"{name} is no time zone that this desk knows: choose one of the list.")
