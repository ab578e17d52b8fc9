"""What the demonstration's people asked to be reminded of; their mornings began yesterday.

So the first run of the worker mails what falls due today, to the practice mailbox.
"""

from datetime import datetime, time, timedelta

from requests_app.actions.newsroom import reminders
from requests_app.demo.cast import Cast
from requests_app.ledger.attribution import Attribution
from requests_app.models import RecordsRequest, ReminderChoices

NOTES = [
    ("Chief of staff contract drafts", -7, 0, "call the City Attorney about the drafts"),
    ("Use-of-force reports, 2024–25", -1, 21, "ask again, and copy the city attorney"),
]


def set_up(cast: Cast, *, now: datetime) -> None:
    """The newsroom's settings, everybody's begin, and two reminders of the metro desk."""
    reminders.change_policy(
        cast.newsroom,
        by=Attribution(cast.admin, now),
        city_before=[7, 2],
        ours_before=[14, 7, 3, 1],
        time_zone="America/New_York",
        morning_at=time(7, 30),
        city_daily_for=20,
        editors_after_late=5,
        editors_before_ours=3,
        steward_after=14,
    )
    yesterday = now.date() - timedelta(days=1)
    for person in (cast.admin, *cast.by_desk.values()):
        ReminderChoices.objects.create(user=person, begun_on=yesterday, last_round_on=yesterday)
    metro = cast.by_desk["metro"]
    for subject, begun, due, note in NOTES:
        at = now + timedelta(days=begun)
        reminders.remind_me(
            RecordsRequest.objects.get(newsroom=cast.newsroom, subject=subject),
            on=now.date() + timedelta(days=due),
            note=note,
            by=Attribution(metro, at),
            today=at.date(),
        )
