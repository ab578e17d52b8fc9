"""The message by which the desk tests its own mail."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage

from requests_app.models import MailRoundTrip
from requests_app.reminders.mails.server import Away, Never, NotNow, Server, Unknown
from requests_app.reply_addresses import own_address


def send(trip_id: int, *, at: datetime) -> None:
    """Once; what the mail server said stands in the row."""
    trip = MailRoundTrip.objects.filter(pk=trip_id, sent_at=None, trouble="").first()
    if trip is None:
        return
    message = EmailMessage(
        subject="Test of this desk’s mail",
        body="Records Desk sent this to itself, to see whether mail leaves and comes back.\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[own_address(f"t-{trip.token}")],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        with Server() as server:
            server.reach()
            server.give(message)
    except (Away, NotNow, Never, Unknown) as error:
        MailRoundTrip.objects.filter(pk=trip.pk).update(trouble=str(error))
    else:
        MailRoundTrip.objects.filter(pk=trip.pk).update(sent_at=at)
