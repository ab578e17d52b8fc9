"""Files that a person gives to the desk, kept: of the city’s answer, or to go with our letter."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile

from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.models import Attachment, Communication, RecordsRequest
from requests_app.storage import content
from requests_app.storage.content import Kept

Upload: TypeAlias = "UploadedFile[Any]"
MAX_FILE_BYTES = 50 * 1024 * 1024


def attach(
    records_request: RecordsRequest,
    files: Iterable[Upload],
    *,
    by: Attribution,
    communication: Communication | None = None,
    is_enclosure: bool = False,
) -> list[Attachment]:
    """Store files. An empty or oversized one is refused, and then none is stored."""
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
        for file, kept in keep_files(files)
    ]


def keep_files(files: Iterable[Upload]) -> list[tuple[Upload, Kept]]:
    """Each with where its bytes lie now. One that is empty or oversized is refused, and with it
    all of them."""
    files = list(files)
    for file in files:
        _check(file)
    return [(file, _keep(file)) for file in files]


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
