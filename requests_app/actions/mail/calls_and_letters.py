"""A call, a paper letter or a visit of the city's, put where its mail stands: into the ledger, with
what was said and its files, for a person to say what it means.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from requests_app import ledger
from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.mail.kept_suggestions import suggestions_in_words
from requests_app.actions.mail.read_mail import mark_read
from requests_app.actions.requests import attachments
from requests_app.actions.transitions import lock, record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import Communication, Event, EventKind, RecordsRequest
from requests_app.reminders.planning import message_notices


@dataclass(frozen=True, slots=True)
class CallOrLetter:
    """How the city reached us, on which of its days, who it was, what was said and what came."""

    channel: str
    on: date
    who: str
    text: str
    files: Sequence[attachments.Upload] = field(default=())


@transaction.atomic
def record_call_or_letter(
    records_request: RecordsRequest,
    heard: CallOrLetter,
    *,
    by: Attribution,
    is_correspondence: bool = False,
) -> Communication:
    """Unread like mail, until a person says what it is; at once, where it is only correspondence.

    It starts no clock and meets none: what it means is recorded from it.
    """
    if not heard.text.strip() and not heard.files:
        raise Refused("Write what was said, or add the letter as a file. Nothing was changed.")
    request = lock(records_request)
    days.check(request, heard.on, at=by.at)
    facts = {"channel": heard.channel, "from": heard.who.strip()}
    event = record(request, EventKind.CONTACTED_US, Occasion(by, heard.on, facts))
    communication = Communication.objects.create(
        records_request=request,
        event=event,
        direction=Communication.Direction.IN,
        channel=heard.channel,
        on=heard.on,
        text=heard.text.strip(),
        is_to_be_read=True,
        suggestions=suggestions_in_words(heard.text, request, on=heard.on),
        filed_at=by.at,
        filed_by=by.user,
    )
    attachments.attach(request, heard.files, by=by, communication=communication)
    if is_correspondence:
        mark_read(communication, by=by)
    else:
        message_notices.promise(communication, by=by)
    ledger.write_headlines([request])
    return communication


def put_away(struck: Event, *, by: Attribution) -> None:
    """Its entry was struck: nobody has to read it any more."""
    _of(struck).update(taken_out_at=by.at, taken_out_by=by.user)


def bring_back(restored: Event) -> None:
    """Its entry stands again, and so does what was said."""
    _of(restored).update(taken_out_at=None, taken_out_by=None)


def _of(entry: Event) -> QuerySet[Communication]:
    """What it told; never mail, which is taken out by itself."""
    return Communication.objects.filter(event=entry.first_entry, mail=None, is_to_be_read=True)
