"""A message of the city's in words: who wrote about which request, and where to read it.

Nothing of what it says is quoted: it came from outside, and belongs on a page that is signed into.
"""

from dataclasses import dataclass

from django.urls import reverse

from requests_app.models import Channel, Communication, Notice
from requests_app.reminders.mails.reminder_words import reader_sees, reader_still_wants
from requests_app.reminders.planning.readers import owner_id_of
from requests_app.vocabulary import dates_and_amounts

LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class MessageText:
    """What the templates of such a mail say."""

    subject: str
    city_did: str
    sender: str
    about: str
    day: str
    path: str


def text_of(notice: Notice) -> MessageText | None:
    """None where it was read meanwhile or taken out, or is not this reader's any more."""
    message, request = notice.communication, notice.records_request
    assert message is not None
    assert request is not None
    if not message.waits_to_be_read or owner_id_of(request) != notice.user_id:
        return None
    if not reader_still_wants(notice) or not reader_sees(notice, request):
        return None
    city_did = Channel(message.channel).described.city_did
    return MessageText(
        subject=f"{request.reference}: {request.city.name} {city_did}",
        city_did=city_did,
        sender=_one_line(_sender(message)),
        about=_one_line(_about(message)),
        day=dates_and_amounts.weekday(message.on),
        path=reverse("message_page", args=[message.pk]),
    )


def _sender(message: Communication) -> str:
    """With the address: a name is whatever its sender likes to be called."""
    if message.mail is None:
        return str(message.event.data.get("from", ""))
    if message.mail.from_name and message.mail.from_address:
        return f"{message.mail.from_name} <{message.mail.from_address}>"
    return message.mail.sender


def _about(message: Communication) -> str:
    return message.mail.subject if message.mail else ""


def _one_line(text: str) -> str:
    """A stranger's words, none of which can begin a line of ours."""
    return " ".join(text.split())[:LONGEST_SUBJECT]
