"""One look into a mailbox, over a connection of its own."""

from requests_app.inbound.imap.connection import opened
from requests_app.inbound.imap.fetching import empty
from requests_app.inbound.imap.holding import Clock, held, noted
from requests_app.inbound.imap.mailboxes import Mailbox


def look(box: Mailbox, *, now: Clock) -> int:
    """Bring what lies there; how many messages.

    Raises BusyError, or what is in TROUBLE after it was written down.
    """
    with held(box, now=now) as hold, noted(hold), opened(box) as client:
        brought = empty(client, box.folder, hold, go_on=hold.renew)
        hold.note_success(brought)
        return brought
