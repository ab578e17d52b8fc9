"""A mailbox emptied over IMAP: each message is put away only when its row is committed.

A run that dies between the commit and the putting away finds the message again and stores nothing
twice. Apart from folders in which nothing can be changed nothing is remembered between runs, so a
changed UIDVALIDITY, which makes every remembered number wrong, has nothing to spoil.
"""

import imaplib
from collections.abc import Callable, Iterator
from datetime import datetime

from imapclient import IMAPClient

from requests_app.inbound.imap.connection import MailboxError
from requests_app.inbound.imap.folder import OpenFolder, Way
from requests_app.inbound.imap.holding import Hold
from requests_app.inbound.storing import ask_worker_to_read, store
from requests_app.models import CameBy
from requests_app.storage.content import CHUNK


def empty(client: IMAPClient, name: str, hold: Hold, *, go_on: Callable[[], bool]) -> int:
    """Bring every message of the folder, as long as it may go on; how many.

    One that the server does not give is left where it is and holds up no other; MailboxError at
    the end says so. In a folder where nothing can be marked it holds up those after it.
    """
    folder = OpenFolder(client, name, hold.state)
    brought, refused = 0, []
    for uid in folder.to_bring():
        if not go_on():
            break
        try:
            _bring(client, folder, uid, hold)
        except imaplib.IMAP4.abort:
            raise
        except (MailboxError, imaplib.IMAP4.error) as error:
            refused.append(f"message {uid}: {error}")
            if folder.way is Way.REMEMBER:
                break
        else:
            brought += 1
    folder.finish()
    if refused:
        raise MailboxError(
            f"{len(refused)} of its messages could not be fetched and stay there "
            f"({'; '.join(refused[:3])})"
        )
    return brought


def _bring(client: IMAPClient, folder: OpenFolder, uid: int, hold: Hold) -> None:
    arrived_at = _arrived_at(client, uid) or hold.now()
    mail, _ = store(_chunks(client, uid, hold), came_by=CameBy.IMAP, at=arrived_at)
    ask_worker_to_read(mail)
    folder.put_away(uid)


def _arrived_at(client: IMAPClient, uid: int) -> datetime | None:
    """When the mailbox got it, which is when it reached us."""
    said = client.fetch([uid], ["INTERNALDATE"]).get(uid, {}).get(b"INTERNALDATE")
    return said if isinstance(said, datetime) else None


def _chunks(client: IMAPClient, uid: int, hold: Hold) -> Iterator[bytes]:
    """The message in pieces, without marking it as seen. Some servers misstate a message's size,
    so it ends where a piece falls short."""
    start, piece = 0, b""
    while start == 0 or len(piece) == CHUNK:
        answer = client.fetch([uid], [f"BODY.PEEK[]<{start}.{CHUNK}>"]).get(uid, {})
        piece = next((v for k, v in answer.items() if k.startswith(b"BODY[]")), None) or b""
        if not piece and start == 0:
            raise MailboxError("the server gave nothing of it")
        start += CHUNK
        hold.renew()  # a large message over a slow line takes longer than the claim lasts
        yield piece
