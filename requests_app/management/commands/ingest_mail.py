"""`manage.py ingest_mail`: mail through a pipe, from files or from Maildirs.

One message on standard input, as a mail server's pipe gives it, or many in files and Maildirs.
Exit 0: every one is stored, whatever becomes of it. Exit 75: not all could be stored, try again;
what was stored is found to be the same then. A line a message: its number, what it became, why.
"""

import json
import logging
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.actions.mail import incoming
from requests_app.inbound.ingest_results import as_line, result_of
from requests_app.inbound.storing import keep, kept_ahead
from requests_app.models import CameBy, InboundMail
from requests_app.storage.content import Kept, chunks_of

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
        for path, kept in _kept(options["paths"] or ["-"]):
            with _or_try_again(str(path or "standard input")):
                mail, is_new = incoming.store(
                    kept(),
                    came_by=CameBy.PIPE,
                    at=_arrived_at(path),
                    envelope_to=options["to"],
                )
            _take_in(mail)
            said = result_of(mail, is_new=is_new)
            self.stdout.write(json.dumps(said) if options["json"] else as_line(said))


def _kept(paths: list[str]) -> Iterator[tuple[Path | None, Callable[[], Kept]]]:
    """Each message, and what waits until its bytes are on disk; of many, they are written ahead."""
    if paths == ["-"]:
        yield None, lambda: _keep(None)
        return
    _check_that_they_exist(paths)
    for path, kept in kept_ahead(_messages(paths), _keep):
        yield path, kept.result


def _check_that_they_exist(paths: list[str]) -> None:
    for name in paths:
        if name != "-" and not Path(name).exists():
            raise CommandError(f"{name} is neither a file nor a folder.", returncode=NO_SUCH_INPUT)


def _keep(path: Path | None) -> Kept:
    if path is None:
        return keep(chunks_of(sys.stdin.buffer))
    with path.open("rb") as file:
        return keep(chunks_of(file))


def _arrived_at(path: Path | None) -> datetime:
    if path is not None and path.parent.name in {"new", "cur"}:
        # A Maildir's file is as old as its delivery.
        return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    return timezone.now()


def _take_in(mail: InboundMail) -> None:
    """Read and file it now. It is stored already: what fails here, the sweep does later."""
    try:
        incoming.take_in(mail, at=timezone.now())
    except Exception:
        logger.exception("mail %s is stored; reading it is left to the worker", mail.pk)
        mail.refresh_from_db()


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
        else:
            yield path
