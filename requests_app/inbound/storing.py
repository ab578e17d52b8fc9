"""The one door that the pipe, the mailbox and the webhooks share."""

from collections.abc import Iterable
from datetime import datetime

from celery import current_app
from django.db import transaction

from requests_app.actions import incoming
from requests_app.actions.keeping import keep_bytes
from requests_app.models import CameBy, InboundMail, Stage

FOLDER = "mail/"
READ = "requests_app.inbound.tasks.read_mail"


def store(
    chunks: Iterable[bytes], *, came_by: CameBy, at: datetime, envelope_to: str = ""
) -> tuple[InboundMail, bool]:
    """Keep a message: when this returns, it is ours, whatever dies next. The row; whether new.

    Raises OSError or DatabaseError where it could not be kept: then nobody may be told that it was.
    """
    kept = keep_bytes(chunks, folder=FOLDER)
    return incoming.store(kept, came_by=came_by, at=at, envelope_to=envelope_to)


def hurry(mail: InboundMail) -> None:
    """Ask the worker to read it. If the broker is away, the sweep finds the row."""
    if mail.stage == Stage.STORED:
        transaction.on_commit(lambda: current_app.send_task(READ, [mail.pk]), robust=True)
