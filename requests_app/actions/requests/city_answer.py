"""What the city said, kept: a communication with its files, tied to the event it became."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile

from requests_app.actions.errors import Refused
from requests_app.actions.mail.kept_suggestions import settle_suggestion
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    Appeal,
    Attachment,
    Channel,
    Communication,
    Event,
    RecordsRequest,
)
from requests_app.storage import content
from requests_app.storage.content import Kept

Upload: TypeAlias = "UploadedFile[Any]"
MAX_FILE_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CityAnswer:
    """What a person files of a city's answer: the day it came, how, its words and its files."""

    on: date
    channel: str = Channel.EMAIL
    text: str = ""
    files: Sequence[Upload] = field(default=())
    city_reference: str = ""
    # Recorded from mail that is filed here: its words and files stand there, and are not copied.
    mail: Communication | None = None
    suggestion: int | None = None  # which of the desk's readings of that mail this confirms

    def facts(self) -> dict[str, Any]:
        """What its event says of it."""
        return {"text": self.text, **({"mail": self.mail.pk} if self.mail else {})}


def keep(
    records_request: RecordsRequest,
    answer: CityAnswer,
    *,
    event: Event,
    by: Attribution,
    appeal: Appeal | None = None,
) -> Communication:
    """Store a answer behind its event, with the files under their hashes.

    What came by mail is stored already: then only what a person adds to it is.
    """
    if answer.mail is not None:
        if answer.suggestion is not None:
            settle_suggestion(answer.mail, answer.suggestion, by=by, event=event)
        if not answer.text and not answer.files:
            return answer.mail
    communication = Communication.objects.create(
        records_request=records_request,
        appeal=appeal,
        event=event,
        direction=Communication.Direction.IN,
        channel=answer.channel,
        on=answer.on,
        text=answer.text,
        filed_at=by.at,
        filed_by=by.user,
    )
    attach(records_request, answer.files, by=by, communication=communication)
    return communication


def attach(
    records_request: RecordsRequest,
    files: Iterable[Upload],
    *,
    by: Attribution,
    communication: Communication | None = None,
    is_enclosure: bool = False,
) -> list[Attachment]:
    """Store files. An empty or oversized one is refused, and then none is stored."""
    files = list(files)
    for file in files:
        _check(file)
    return [
        Attachment.objects.create(
            records_request=records_request,
            communication=communication,
            file=kept.name,
            name=file.name or "file",
            content_type=file.content_type or "application/octet-stream",
            size=kept.size,
            sha256=kept.sha256,
            is_enclosure=is_enclosure,
            added_at=by.at,
            added_by=by.user,
        )
        for file, kept in [(file, _keep(file)) for file in files]
    ]


def _check(file: Upload) -> None:
    if not file.size:
        raise Refused(f"“{file.name}” is empty: choose the file again.")
    if file.size > MAX_FILE_BYTES:
        limit = f"{MAX_FILE_BYTES // 2**20} MB"
        raise Refused(f"“{file.name}” is larger than {limit}: split it, or note where it lies.")


def _keep(file: Upload) -> Kept:
    try:
        return content.keep(file.chunks())
    except content.NoRoomError as error:
        raise Refused(
            f"“{file.name}” could not be kept: the desk’s disk is full. Nothing was recorded. Tell "
            "whoever runs this desk, then upload it again."
        ) from error
