"""The one door that the pipe, the mailbox and the webhooks share."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from celery import current_app
from django.db import transaction

from requests_app.actions.mail import incoming
from requests_app.models import CameBy, InboundMail, Stage
from requests_app.storage import content
from requests_app.storage.content import Kept

Message = TypeVar("Message")
FOLDER = "mail/"
READ_MAIL = "requests_app.inbound.tasks.read_mail"
WRITTEN_AHEAD = 4  # messages on their way to the disk at once, while earlier ones are read


def store(
    chunks: Iterable[bytes], *, came_by: CameBy, at: datetime, envelope_to: str = ""
) -> tuple[InboundMail, bool]:
    """Keep a message: when this returns, it is ours, whatever dies next. The row; whether new.

    Raises OSError or DatabaseError where it could not be kept: then nobody may be told that it was.
    """
    kept = keep(chunks)
    return incoming.store(kept, came_by=came_by, at=at, envelope_to=envelope_to)


def keep(chunks: Iterable[bytes]) -> Kept:
    """The first half of storing: the bytes are on disk. It is a promise once the row is there."""
    return content.keep(chunks, folder=FOLDER)


def kept_ahead(
    messages: Iterable[Message], keep_one: Callable[[Message], Kept]
) -> Iterator[tuple[Message, Future[Kept]]]:
    """Each of many messages, in their order, and its bytes as soon as they are on disk.

    A disk takes its time to say so: the next ones are written meanwhile, in threads that touch no
    database. What was written ahead when a process ends is no promise, and comes again.
    """
    with ThreadPoolExecutor(WRITTEN_AHEAD) as disk:
        waiting: deque[tuple[Message, Future[Kept]]] = deque()
        try:
            for message in messages:
                waiting.append((message, disk.submit(keep_one, message)))
                if len(waiting) > WRITTEN_AHEAD:
                    yield waiting.popleft()
            while waiting:
                yield waiting.popleft()
        finally:
            for _, unwanted in waiting:
                unwanted.cancel()


def ask_worker_to_read(mail: InboundMail) -> None:
    """Ask the worker to read it. If the broker is away, the sweep finds the row."""
    if mail.stage == Stage.STORED:
        transaction.on_commit(lambda: current_app.send_task(READ_MAIL, [mail.pk]), robust=True)
