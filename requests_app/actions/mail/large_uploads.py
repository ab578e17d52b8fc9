"""A file too large for a form: begun, sent in pieces from wherever it stopped, then finished.

1. `begin` promises a file of that size to a message. Begun again, it is the same one: so a browser
   that was closed goes on where it stopped.
2. `take` writes one piece. It is counted once it is on disk; a death before that leaves bytes that
   the next try cuts off.
3. `finish` keeps the whole under its hash and attaches it, once. A death before that leaves an
   upload that can be finished.
4. What nobody touched for a day is dropped.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.actions.transitions import lock
from requests_app.ledger.attribution import Attribution
from requests_app.models import Attachment, Communication, LargeUpload, RecordsRequest
from requests_app.storage import content, partial_files
from requests_app.storage.partial_files import BusyError, PieceDamagedError

MB = 1024 * 1024
LEFT_FOR = timedelta(days=1)


class WrongOffsetError(Exception):
    """A piece of another place than the one that is missing: `received` says which that is."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


@dataclass(frozen=True, slots=True)
class Announced:
    """A file as its sender announces it."""

    name: str
    size: int
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some bytes of it, from `offset` on, and their SHA-256."""

    offset: int
    sha256: str
    chunks: Iterable[bytes]


@transaction.atomic
def begin(
    records_request: RecordsRequest, message: Communication, file: Announced, *, by: Attribution
) -> LargeUpload:
    """The upload of that file to that message: a new one, or where the last one stopped."""
    request = lock(records_request)
    _check(request, message, file)
    same = LargeUpload.objects.filter(
        communication=message, begun_by=by.user, name=file.name, size=file.size, attachment=None
    )
    if known := same.first():
        return known
    return LargeUpload.objects.create(
        communication=message,
        begun_by=by.user,
        name=file.name,
        size=file.size,
        content_type=file.content_type or "application/octet-stream",
        begun_at=by.at,
        touched_at=by.at,
    )


def _check(request: RecordsRequest, message: Communication, file: Announced) -> None:
    if message.records_request_id != request.pk or message.taken_out_at is not None:
        raise Refused("That message is not filed with this request: choose one that is.")
    if not file.name.strip() or len(file.name) > 255:
        raise Refused("The file’s name is empty or too long: rename it.")
    if file.size < 1:
        raise Refused(f"“{file.name}” is empty: choose the file again.")
    limit = request.newsroom.largest_file_mb
    if file.size > limit * MB:
        raise Refused(
            f"“{file.name}” is larger than {limit:,} MB, which is as much as this newsroom takes: "
            "split it, or ask an admin to raise the limit in the newsroom’s settings."
        )


def take(upload: LargeUpload, piece: Piece, *, at: datetime) -> int:
    """Write a piece; how many bytes have come. In no transaction: a slow line holds nobody up.

    WrongOffsetError, and Refused where the piece is damaged or another is being written.
    """
    try:
        with partial_files.held(upload.key) as file:
            upload.refresh_from_db()
            # What is on disk is what has come, whatever the row says of a disk that was lost.
            there = min(upload.received, partial_files.length(file))
            if upload.attachment_id or piece.offset != there:
                raise WrongOffsetError(upload.size if upload.attachment_id else there)
            length = partial_files.append(
                file,
                piece.chunks,
                at=piece.offset,
                most=upload.size - piece.offset,
                digest=piece.sha256,
            )
            upload.received, upload.touched_at = piece.offset + length, at
            upload.save(update_fields=["received", "touched_at"])
    except BusyError as error:
        raise Refused("Another piece of this file is being written: try again.") from error
    except PieceDamagedError as error:
        raise Refused(f"A piece came damaged ({error}): send it again.") from error
    except OSError as error:
        if content.is_out_of_room(error):
            raise Refused("The desk’s disk is full. Tell whoever runs this desk.") from error
        raise
    return upload.received


def finish(upload: LargeUpload, *, by: Attribution) -> Attachment:
    """The whole, kept and attached to its message. Finished twice, it is the same file."""
    try:
        with partial_files.held(upload.key) as file:
            upload.refresh_from_db()
            if upload.attachment:
                partial_files.drop(upload.key)
                return upload.attachment
            there = min(upload.received, partial_files.length(file))
            if there != upload.size:
                raise Refused(f"{there:,} of {upload.size:,} bytes have come: send the rest first.")
            attachment = _attach(upload, partial_files.keep(file), by=by)
            partial_files.drop(upload.key)
            return attachment
    except BusyError as error:
        raise Refused("A piece of this file is still being written: try again.") from error
    except content.NoRoomError as error:
        raise Refused("The desk’s disk is full. Tell whoever runs this desk.") from error


@transaction.atomic
def _attach(upload: LargeUpload, kept: content.Kept, *, by: Attribution) -> Attachment:
    request = lock(upload.communication.records_request)
    message = Communication.objects.get(pk=upload.communication_id)
    _check(request, message, Announced(upload.name, upload.size))
    upload.attachment = Attachment.objects.create(
        records_request=request,
        communication=message,
        file=kept.name,
        name=upload.name,
        content_type=upload.content_type,
        size=kept.size,
        sha256=kept.sha256,
        added_at=by.at,
        added_by=by.user,
    )
    upload.save(update_fields=["attachment"])
    return upload.attachment


def drop_abandoned(*, at: datetime) -> int:
    """What was never finished, and nobody touched for a day; how many that were."""
    old = LargeUpload.objects.filter(attachment=None, touched_at__lt=at - LEFT_FOR)
    dropped = 0
    for upload in old:
        try:
            with partial_files.held(upload.key):
                found, _ = old.filter(pk=upload.pk).delete()
                if found:
                    partial_files.drop(upload.key)
                    dropped += 1
        except BusyError:
            continue  # somebody is sending a piece of it this moment
    return dropped
