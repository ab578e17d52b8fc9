"""What identifies a letter before it is issued."""

from dataclasses import dataclass
from datetime import date

from requests_app.models import Appeal, LetterKind, RecordsRequest, User


@dataclass(frozen=True, slots=True)
class PlannedLetter:
    """About which request, of which kind, how and to whom it goes, of which day, who signs it.

    `to` is an address of the channel's kind. `appeal`: what a challenge's letter is filed for.
    """

    records_request: RecordsRequest
    kind: LetterKind
    channel: str
    to: str
    dated_on: date
    signer: User
    appeal: Appeal | None = None
