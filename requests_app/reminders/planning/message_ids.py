"""Message-IDs that follow from what a mail tells, and the thread of a request's mails."""

from django.conf import settings
from django.utils.crypto import salted_hmac


def message_id(*parts: object) -> str:
    """The same for the same parts, and no telling what they were."""
    told = "\x1f".join(str(part) for part in parts)
    digest = salted_hmac("reminders.message", told, algorithm="sha256").hexdigest()
    return f"<reminder.{digest[:32]}@{settings.MAIL_DOMAIN}>"


def thread_of(public_id: str) -> str:
    """A message nobody sent, which all of a request's reminders refer to: so they stand together.

    Not the letters' own Message-ID: what we send to a city and what we tell ourselves are apart.
    """
    return message_id("thread", public_id)
