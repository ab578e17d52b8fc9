"""`manage.py ingest_mail`: mail through a pipe, from files or from Maildirs.

One message on standard input, as a mail server's pipe gives it, or many in files and Maildirs.
Exit 0: every one is stored, whatever becomes of it. Exit 75: not all could be stored, try again;
what was stored is found to be the same then. A line a message: its number, what it became, why.
"""

import json
import logging
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.actions import incoming
from requests_app.actions.keeping import chunks_of
from requests_app.inbound.storing import store
from requests_app.inbound.telling import in_a_line, told
from requests_app.models import CameBy, InboundMail

logger = logging.getLogger(__name__)
TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h: a mail server keeps the message and comes back
NO_SUCH_INPUT = 66  # EX_NOINPUT


class Command(BaseCommand):
    help = "Take in mail: one message from standard input, or many from files and Maildirs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="*", help="files, folders of files, Maildirs; - for standard input"
        )
        parser.add_argument("--to", default="", help="the envelope recipient, if it is known")
        parser.add_argument("--json", action="store_true", help="a JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        for path in _messages(options["paths"] or ["-"]):
            with _or_try_again(str(path or "standard input")):
                mail, is_new = _store(path, to=options["to"])
            _take_in(mail)
            mail.refresh_from_db()
            said = told(mail, is_new=is_new)
            self.stdout.write(json.dumps(said) if options["json"] else in_a_line(said))


def _store(path: Path | None, *, to: str) -> tuple[InboundMail, bool]:
    if path is None:
        return _kept(sys.stdin.buffer, at=timezone.now(), to=to)
    at = timezone.now()
    if path.parent.name in {"new", "cur"}:  # a Maildir's file is as old as its delivery
        at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    with path.open("rb") as file:
        return _kept(file, at=at, to=to)


def _kept(stream: BinaryIO, *, at: datetime, to: str) -> tuple[InboundMail, bool]:
    return store(chunks_of(stream), came_by=CameBy.PIPE, at=at, envelope_to=to)


def _take_in(mail: InboundMail) -> None:
    """Read and file it now. It is stored already: what fails here, the sweep does later."""
    try:
        incoming.take_in(mail, at=timezone.now())
    except Exception:
        logger.exception("mail %s is stored; reading it is left to the worker", mail.pk)


@contextmanager
def _or_try_again(what: str) -> Iterator[None]:
    """Whatever goes wrong before a message is stored: a bounce loses it, another try may not."""
    try:
        yield
    except Exception as error:
        logger.exception("%s was not stored", what)
        raise CommandError(
            f"{what} was not stored ({error}): try again.", returncode=TRY_AGAIN
        ) from error


def _messages(paths: list[str]) -> Iterator[Path | None]:
    """Each message's file; None is standard input."""
    for name in paths:
        path = Path(name)
        if name == "-":
            yield None
        elif (path / "new").is_dir() or (path / "cur").is_dir():
            for folder in ("cur", "new"):
                yield from sorted(p for p in (path / folder).glob("*") if p.is_file())
        elif path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.is_file())
        elif path.exists():
            yield path
        else:
            raise CommandError(f"{name} is neither a file nor a folder.", returncode=NO_SUCH_INPUT)
