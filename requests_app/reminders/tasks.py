"""The worker's part, each minute. Whether there is anything to do, the database says."""

from celery import shared_task
from django.utils import timezone

from requests_app import ledger
from requests_app.reminders.mails import account_mail, round_trip_mail
from requests_app.reminders.mails.send_notices import send, send_due
from requests_app.reminders.mails.server import Server
from requests_app.reminders.planning.morning_round import plan


@shared_task
def send_notice(notice_id: int) -> None:
    """Send one mail that is to come at once, if it is still waiting."""
    with Server() as server:
        send(notice_id, server, now=timezone.now)


@shared_task
def remind() -> None:
    """Write down what this morning's readers are to be told, then send what is due."""
    plan(at=timezone.now())
    send_due(now=timezone.now)


@shared_task
def tell_of_refused_sign_in(sign_in_id: int) -> None:
    """Tell the admins that a mail account cannot be used, once for each refusal."""
    account_mail.tell(sign_in_id, at=timezone.now())


@shared_task
def send_round_trip(trip_id: int) -> None:
    """Send the desk's test of its own mail, once."""
    round_trip_mail.send(trip_id, at=timezone.now())


@shared_task
def drop_past_headlines() -> None:
    ledger.drop_past_headlines(at=timezone.now())
