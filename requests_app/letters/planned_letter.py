"""What identifies a letter before it is issued."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from requests_app.letters.sending import Sending
from requests_app.models import (
    Appeal,
    Attachment,
    Communication,
    LetterKind,
    RecordsRequest,
    User,
)


@dataclass(frozen=True, slots=True)
class PreparedFiling:
    """A challenge's letter with its exhibits behind it, put together before it is issued.

    It goes with the letter whose PDF has that hash, and with no other. `manifest` is that of
    `models.Filing`.
    """

    letter_sha256: str
    document: Attachment
    page_count: int
    is_separate: bool = False
    manifest: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedLetter:
    """About which request, of which kind, how it goes, of which day, who signs it.

    `appeal`: what a challenge's letter is filed for. `leaves_at`: its hour matters to an office
    that counts what comes late in the day as of the next business day. `answers`: the message that
    a reply in one's own words answers. `chosen_files`: what goes along; None leaves that to the
    kind, and then all that was attached to a draft goes with the letter that begins the request.
    `filing`: what a challenge's letter was put together with; then `chosen_files` are its files.
    `further_exhibits`: number and title of what stands behind a supplement; a challenge has rows.
    """

    records_request: RecordsRequest
    kind: LetterKind
    sending: Sending
    dated_on: date
    signer: User
    appeal: Appeal | None = None
    leaves_at: datetime | None = None
    answers: Communication | None = None
    chosen_files: tuple[Attachment, ...] | None = None
    filing: PreparedFiling | None = None
    further_exhibits: tuple[tuple[int, str], ...] = ()
