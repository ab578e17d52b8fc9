"""`manage.py send_reminders`: what the worker does, by hand."""

from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from requests_app.models import Notice, RecordsRequest, ReminderChoices, User
from tests.reminders.conftest import FRIDAY

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    with time_machine.travel(FRIDAY, tick=False):
        call_command("send_reminders", *arguments, stdout=out)
    return out.getvalue()


def test_a_rehearsal_says_what_would_be_sent_and_keeps_nothing(
    request_of_hers: RecordsRequest, rosa: User, mailoutbox: list[Any]
) -> None:
    out = said("--dry-run")

    assert f"{rosa.email}  city  STAM-2026-0001: the city’s answer is due today" in out
    assert not Notice.objects.exists()
    assert ReminderChoices.objects.get(user=rosa).last_round_on is None
    assert mailoutbox == []


def test_a_run_sends_and_a_rerun_sends_nothing(
    request_of_hers: RecordsRequest, rosa: User, mailoutbox: list[Any]
) -> None:
    first, second = said(), said()

    assert "come: 1. New mails: 1." in first
    assert "New mails: 0." in second
    [mail] = mailoutbox
    assert mail.to == [rosa.email]
