"""What identifies a letter before it is issued."""

from dataclasses import dataclass
from datetime import date

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

    `appeal`: what a challenge's letter is filed for. `answers` and `chosen_files`: of a reply in
    one's own words, the message that it answers and what goes with it.
    """

    records_request: RecordsRequest
    kind: LetterKind
    sending: Sending
    dated_on: date
    signer: User
    appeal: Appeal | None = None
    answers: Communication | None = None
    chosen_files: tuple[Attachment, ...] = ()
