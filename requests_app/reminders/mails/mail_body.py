"""A notice as an e-mail: text to read anywhere, and a plain page of HTML in the desk's look."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from requests_app.models import Notice, ReminderKind
from requests_app.reminders.mails import digest, reminder_words
from requests_app.reminders.mails.unsubscribing import address_for, headers_for
from requests_app.reminders.planning.message_ids import thread_of


def message_for(notice: Notice, *, at: datetime) -> EmailMultiAlternatives | None:
    """None where there is nothing (left) to say."""
    told: reminder_words.ReminderText | digest.Digest | None
    if notice.kind == ReminderKind.DIGEST:
        told, name = digest.gather(notice, at=at), "digest"
        wanted = reminder_words.reader_still_wants(notice)
        told = told if wanted else None
    else:
        told, name = reminder_words.text_of(notice, at=at), "reminder"
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


def _context(notice: Notice, told: reminder_words.ReminderText | digest.Digest) -> dict[str, Any]:
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
