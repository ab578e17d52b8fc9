"""A mailbox emptied over IMAP: each message is moved or deleted only when its row is committed.

Nothing is remembered of the mailbox between runs, so a changed UIDVALIDITY, which would make every
remembered number wrong, has nothing to spoil; within a run the numbers hold for the open mailbox.
A run that dies between the commit and the move finds the message again and stores nothing twice.
"""

import imaplib
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from requests_app.inbound.storing import ask_worker_to_read, store
from requests_app.models import CameBy
from requests_app.storage.content import CHUNK

logger = logging.getLogger(__name__)
_DATE = re.compile(rb'INTERNALDATE "([^"]+)"')


class MailboxError(Exception):
    """What the server would not do, in its own words."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where the mail lies: imaps://user:password@host:port/folder (imap:// with STARTTLS)."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    is_tls: bool
    is_plain: bool = False  # on this machine only: no encryption at all

    @classmethod
    def at(cls, url: str) -> "Mailbox":
        parts = urlsplit(url)
        if parts.scheme not in {"imaps", "imap"} or not parts.hostname or not parts.username:
            raise ImproperlyConfigured(
                "IMAP_URL is not as the desk needs it: imaps://user:password@host/INBOX."
            )
        is_tls = parts.scheme == "imaps"
        return cls(
            host=parts.hostname,
            port=parts.port or (993 if is_tls else 143),
            user=unquote(parts.username),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            is_tls=is_tls,
            is_plain=not is_tls and parts.hostname in {"localhost", "127.0.0.1", "::1"},
        )


def fetch(url: str, *, now: Callable[[], datetime]) -> int:
    """Bring every message of the mailbox; how many. What cannot be stored stays where it is."""
    box = Mailbox.at(url)
    with _opened(box) as server:
        if settings.IMAP_DONE_FOLDER:
            server.create(_quoted(settings.IMAP_DONE_FOLDER))  # a NO says that it is there
        _ok(server.select(_quoted(box.folder)), "open the folder")
        uids = _ok(server.uid("SEARCH", "UNDELETED"), "search")[0].split()
        for uid in uids:
            _bring(server, uid.decode(), now=now)
        return len(uids)


def _bring(server: imaplib.IMAP4, uid: str, *, now: Callable[[], datetime]) -> None:
    arrived_at = _arrived_at(server, uid) or now()
    mail, _ = store(_chunks(server, uid), came_by=CameBy.IMAP, at=arrived_at)
    ask_worker_to_read(mail)
    _put_away(server, uid)


def _arrived_at(server: imaplib.IMAP4, uid: str) -> datetime | None:
    """When the mailbox got it, which is when it reached us."""
    answer = _line(_ok(server.uid("FETCH", uid, "(INTERNALDATE)"), "say how old it is"))
    stated = _DATE.search(answer)
    if stated is None:
        return None
    return datetime.strptime(stated[1].decode().strip(), "%d-%b-%Y %H:%M:%S %z")


def _chunks(server: imaplib.IMAP4, uid: str) -> Iterator[bytes]:
    """The message in pieces, without marking it as seen. Some servers misstate a message's size,
    so it ends where a piece falls short."""
    start, piece = 0, b""
    while start == 0 or len(piece) == CHUNK:
        data = _ok(server.uid("FETCH", uid, f"(BODY.PEEK[]<{start}.{CHUNK}>)"), "fetch it")
        parts = [part[1] for part in data if isinstance(part, tuple)]
        if not parts and start == 0:
            raise MailboxError(f"the server gave nothing of message {uid}")
        piece = parts[0] if parts else b""
        start += CHUNK
        yield piece


def _put_away(server: imaplib.IMAP4, uid: str) -> None:
    """Out of the folder: moved to IMAP_DONE_FOLDER, or deleted where that is empty."""
    folder = settings.IMAP_DONE_FOLDER
    if folder and "MOVE" in server.capabilities:
        _ok(server.uid("MOVE", uid, _quoted(folder)), "move it")
        return
    if folder:
        _ok(server.uid("COPY", uid, _quoted(folder)), "copy it")
    _ok(server.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)"), "mark it as deleted")
    if "UIDPLUS" in server.capabilities:  # only this one; else it goes when the folder is closed
        _ok(server.uid("EXPUNGE", uid), "delete it")


@contextmanager
def _opened(box: Mailbox) -> Iterator[imaplib.IMAP4]:
    timeout, context = settings.IMAP_TIMEOUT, ssl.create_default_context()
    server: imaplib.IMAP4
    if box.is_tls:
        server = imaplib.IMAP4_SSL(box.host, box.port, ssl_context=context, timeout=timeout)
    else:
        server = imaplib.IMAP4(box.host, box.port, timeout=timeout)
        if not box.is_plain:
            server.starttls(context)
    try:
        server.login(box.user, box.password)
        # Asked for anew: many servers can more for who has signed in.
        capabilities = _ok(server.capability(), "say what it can")
        server.capabilities = tuple(capabilities[-1].decode().upper().split())
        yield server
    finally:
        try:
            server.logout()
        except (imaplib.IMAP4.error, OSError) as error:
            logger.info("the mailbox hung up before we did: %s", error)


def _ok(answer: tuple[str, list[Any]], what: str) -> list[Any]:
    status, data = answer
    if status != "OK":
        raise MailboxError(f"the server would not {what}: {data!r}")
    return data


def _line(data: list[Any]) -> bytes:
    return b" ".join(b" ".join(p) if isinstance(p, tuple) else p or b"" for p in data)


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
