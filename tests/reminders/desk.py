"""People whose mornings have begun, and the mails that one morning brings."""

from datetime import UTC, date, datetime
from typing import Any

from requests_app.models import Notice, ReminderChoices, User
from requests_app.reminders.mails.mail_body import message_for
from requests_app.reminders.planning.morning_round import Planned, plan

LONG_AGO = date(2026, 1, 1)


def morning(month: int, day: int, *, hour: int = 13, minute: int = 0) -> datetime:
    """That day of 2026 at 8 or 9 in New York, 5 or 6 in California: the hour is given in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def used_to_it(user: User, *, last_round_on: date | None = None, **choices: Any) -> User:
    """Somebody whom the desk has told things since the year began."""
    ReminderChoices.objects.update_or_create(
        user=user,
        defaults={"begun_on": LONG_AGO, "last_round_on": last_round_on, **choices},
    )
    return User.objects.get(pk=user.pk)


def planned(at: datetime) -> list[tuple[str, str, list[str]]]:
    """Who is to be told what that this run has added: address, kind, steps."""
    known = set(Notice.objects.values_list("pk", flat=True))
    plan(at=at)
    new = Notice.objects.exclude(pk__in=known).select_related("user").order_by("pk")
    return [
        (
            notice.user.name,
            notice.kind,
            sorted(f"{row.clock} {row.step}" for row in notice.reminders.all()),
        )
        for notice in new
    ]


def run(at: datetime) -> Planned:
    return plan(at=at)


def words_of(notice: Notice, *, at: datetime) -> str:
    """The text that would be mailed; "" where nothing is left to say."""
    message = message_for(notice, at=at)
    return f"{message.subject}\n{message.body}" if message else ""
