"""A test of the whole way of mail: one message out, seen when it comes back, in nobody's way."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage

from requests_app.actions.errors import Refused
from requests_app.actions.mail import round_trips
from requests_app.models import MailRoundTrip, Role
from requests_app.reminders import tasks
from tests.factories import NOW, member
from tests.inbound.messages import message, taken_in

pytestmark = pytest.mark.django_db


def begun() -> MailRoundTrip:
    admin = member(Role.ADMIN)
    return round_trips.begin(admin.membership.newsroom, by=admin, at=NOW)


def test_it_leaves_once_and_comes_back(mailoutbox: list[EmailMessage]) -> None:
    trip = begun()

    for _ in range(2):
        tasks.send_round_trip(trip.pk)
    [sent] = mailoutbox
    raw = message(
        to=sent.to[0].upper(),
        sender=sent.from_email,
        authentication_results="mx.example.org; spf=pass smtp.mailfrom=desk.example; dkim=pass",
        dkim_signature="v=1; a=rsa-sha256; d=desk.example; s=k1; h=from:to; b=abc",
    )
    mail = taken_in(raw, at=NOW + timedelta(seconds=42))

    trip.refresh_from_db()
    assert trip.sent_at is not None
    assert (trip.mail, trip.arrived_at) == (mail, mail.arrived_at)
    assert trip.verdicts.startswith("mx.example.org; spf=pass")
    assert trip.signed_by == "desk.example, selector k1"
    assert (mail.is_waiting, mail.set_aside_by, mail.newsroom) == (False, trip.by, trip.newsroom)


def test_it_comes_back_by_a_plus_address_too(settings: Any, mailoutbox: list[EmailMessage]) -> None:
    settings.REPLY_MAILBOX, settings.MAIL_DOMAIN = "desk@gmail.com", "gmail.com"
    trip = begun()
    tasks.send_round_trip(trip.pk)

    assert mailoutbox[0].to == [f"desk+t-{trip.token}@gmail.com"]
    mail = taken_in(message(to=mailoutbox[0].to[0]))

    assert MailRoundTrip.objects.get().mail == mail


def test_a_token_that_nobody_sent_or_that_is_back_already_is_ordinary_mail() -> None:
    trip = begun()
    address = f"t-{trip.token}@mail.records-desk.test"
    taken_in(message(to=address))

    again = taken_in(message(to=address, text="Something else.", message_id="<2@x.example>"))
    strange = taken_in(message(to=f"t-{'0' * 20}@mail.records-desk.test", text="Other."))

    assert (again.set_aside_at, strange.set_aside_at) == (None, None)


def test_a_server_that_does_not_take_it_is_said(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    trip = begun()

    tasks.send_round_trip(trip.pk)

    trip.refresh_from_db()
    assert "could not be reached" in trip.trouble
    assert trip.sent_at is None


def test_one_a_minute_is_enough() -> None:
    trip = begun()

    with pytest.raises(Refused, match="within the last minute"):
        round_trips.begin(trip.newsroom, by=trip.by, at=NOW + timedelta(seconds=59))
    assert round_trips.begin(trip.newsroom, by=trip.by, at=NOW + timedelta(seconds=60)) != trip
