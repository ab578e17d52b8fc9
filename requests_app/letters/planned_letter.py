"""What identifies a letter before it is issued."""

from dataclasses import dataclass
from datetime import date, datetime

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
class PlannedLetter:
    """About which request, of which kind, how it goes, of which day, who signs it.

    `appeal`: what a challenge's letter is filed for. `leaves_at`: its hour matters to an office
    that counts what comes late in the day as of the next business day. `answers`: the message that
    a reply in one's own words answers. `chosen_files`: what goes along; None leaves that to the
    kind, and then all that was attached to a draft goes with the letter that begins the request.
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
