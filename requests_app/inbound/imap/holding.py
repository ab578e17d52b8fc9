"""The claim on a mailbox, so that one connection at a time empties it; and what is noted of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import F

from requests_app.inbound.imap.connection import TROUBLE
from requests_app.inbound.imap.mailboxes import Mailbox
from requests_app.leases import wait_after
from requests_app.models import MailboxState
from requests_app.models.mail.mailbox_state import LEASE

Clock = Callable[[], datetime]
# After a dropped line, a refused sign-in and the like: the first quickly, then ever more rarely.
WAITS = tuple(timedelta(seconds=s) for s in (5, 15, 30, 60, 120, 300, 600))
RENEWED_EVERY = LEASE / 3


class BusyError(Exception):
    """Another process looks after the mailbox just now."""


class Hold:
    """A mailbox while it is ours, and its row as it was read then."""

    def __init__(self, state: MailboxState, *, by: str, now: Clock) -> None:
        self.state, self.by, self.now = state, by, now
        self.renewed_at = now()

    def renew(self) -> bool:
        """Whether it is still ours; asked as often as one likes."""
        at = self.now()
        if timedelta(0) <= at - self.renewed_at < RENEWED_EVERY:
            return True
        self.renewed_at = at
        return MailboxState.objects.take(self.state.address, by=self.by, at=at) is not None

    def note_success(self, brought: int) -> None:
        at = self.now()
        self._write(looked_at=at, failures=0, trouble="", failed_at=None, not_before=None)
        if brought:
            self._write(mail_at=at, stored=F("stored") + brought)
        self.state.failures = 0

    def note_idle(self, is_idle: bool) -> None:
        self._write(is_idle=is_idle)

    def note_failure(self, error: Exception) -> None:
        at = self.now()
        self.state.failures += 1
        self._write(
            failures=self.state.failures,
            not_before=at + wait_after(self.state.failures, waits=WAITS),
            failed_at=at,
            trouble=in_words(error),
        )

    def _write(self, **fields: object) -> None:
        MailboxState.objects.filter(pk=self.state.pk).update(**fields)


@contextmanager
def held(box: Mailbox, *, now: Clock) -> Iterator[Hold]:
    """The mailbox is ours, or BusyError."""
    by = uuid4().hex
    state = MailboxState.objects.take(box.address, by=by, at=now())
    if state is None:
        raise BusyError(f"Another process of the desk looks after {box.address}.")
    try:
        yield Hold(state, by=by, now=now)
    finally:
        MailboxState.objects.let_go(box.address, by=by)


@contextmanager
def noted(hold: Hold) -> Iterator[None]:
    """What fails within is written down with when to try again, and raised on."""
    try:
        yield
    except TROUBLE as error:
        hold.note_failure(error)
        raise


def in_words(error: Exception) -> str:
    """What the server said, without the marks of bytes and as long as a page can show."""
    words = error.args[0] if error.args else ""
    if isinstance(words, bytes):
        words = words.decode("utf-8", "replace")
    if isinstance(error, OSError) or not words:
        words = str(error) or type(error).__name__
    return " ".join(str(words).split())[:500]
