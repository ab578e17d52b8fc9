"""A notice as an e-mail: text to read anywhere, and a plain page of HTML in the desk's look."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from requests_app.models import Notice, ReminderKind
from requests_app.reminders.mails import digest, message_words, reminder_words
from requests_app.reminders.mails.unsubscribing import address_for, headers_for
from requests_app.reminders.planning.message_ids import thread_of

Words = reminder_words.ReminderText | digest.Digest | message_words.MessageText


def message_for(notice: Notice, *, at: datetime) -> EmailMultiAlternatives | None:
    """None where there is nothing (left) to say."""
    told, name = _words(notice, at=at)
    if told is None:
        return None
    context = _context(notice, told)
    message = EmailMultiAlternatives(
        subject=one_line(told.subject),
        body=render_to_string(f"emails/{name}.txt", context).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[notice.user.email],
        headers=_headers(notice),
    )
    message.attach_alternative(render_to_string(f"emails/{name}.html", context), "text/html")
    return message


def _words(notice: Notice, *, at: datetime) -> tuple[Words | None, str]:
    """What is to be said, and the name of the templates that say it."""
    if notice.kind == ReminderKind.DIGEST:
        wanted = reminder_words.reader_still_wants(notice)
        return (digest.gather(notice, at=at) if wanted else None), "digest"
    if notice.kind == ReminderKind.MESSAGE:
        return message_words.text_of(notice), "message"
    return reminder_words.text_of(notice, at=at), "reminder"


def _context(notice: Notice, told: Words) -> dict[str, Any]:
    return {
        "told": told,
        "notice": notice,
        "rr": notice.records_request,
        "base": settings.BASE_URL,
        "kind_words": reminder_words.SETTINGS_SAY.get(ReminderKind(notice.kind), ""),
        "unsubscribe": address_for(notice),
        "choices": f"{settings.BASE_URL}{reverse('reminder_choices')}",
    }


def _headers(notice: Notice) -> dict[str, str]:
    """No answer is wanted of a machine (RFC 3834), and a request's mails stand together."""
    headers = {
        "Message-ID": notice.message_id,
        "Auto-Submitted": "auto-generated",
        **headers_for(notice),
    }
    if notice.records_request is not None:
        thread = thread_of(notice.records_request.public_id)
        headers |= {"References": thread, "In-Reply-To": thread}
    return headers


def one_line(text: str) -> str:
    """No line break of a name can begin another header."""
    return " ".join(text.split())
