"""A reply in one's own words to what the city said: a letter like any other, and no legal act."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from requests_app import letters
from requests_app.actions.errors import Refused
from requests_app.actions.requests import attachments
from requests_app.actions.sending.our_letters import REPLY, OurLetter, write
from requests_app.actions.transitions import lock
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.models import (
    Attachment,
    Communication,
    Delivery,
    LetterKind,
    RecordsRequest,
)


@dataclass(frozen=True, slots=True)
class PlainReply:
    """Its words, how it goes, which of the request's files go with it, and which new ones."""

    text: str
    sending: Sending
    files: Sequence[Attachment] = field(default=())
    uploads: Sequence[attachments.Upload] = field(default=())


@transaction.atomic
def reply_to(message: Communication, reply: PlainReply, *, by: Attribution) -> Delivery:
    """It starts no clock and meets none. What it encloses is a file of the request from now on."""
    request = lock(message.records_request)
    if message.taken_out_at is not None:
        raise Refused("This message was taken out of the request. Nothing was changed.")
    if reply.text.split() == prefilled(request, by=by).split():
        raise Refused("There is only the salutation yet: write what the city should read.")
    added = attachments.attach(request, reply.uploads, by=by)
    letter = OurLetter(
        reply.text,
        reply.sending,
        answers=message,
        chosen_files=(*_checked(request, reply.files), *added),
    )
    return write(request, REPLY, letter, by=by, data={"message": message.pk})


def prefilled(records_request: RecordsRequest, *, by: Attribution) -> str:
    """What the page begins with: the salutation. Who signs stands under every letter."""
    on = records_request.city.local_date(by.at)
    return letters.compose_reply(records_request, LetterKind.REPLY, on=on).text


def _checked(request: RecordsRequest, files: Sequence[Attachment]) -> list[Attachment]:
    for file in files:
        if file.records_request_id != request.pk:
            raise Refused(f"“{file.name}” is another request's file. Nothing was changed.")
        if file.quarantined:
            raise Refused(f"“{file.name}” is kept apart: it is not sent. Nothing was changed.")
    return list(files)
