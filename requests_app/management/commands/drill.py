"""The restore drill: on a desk of its own, never on yours."""

import json
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from psycopg import sql

from requests_app.actions.newsroom import people
from requests_app.drill import rows, run_drill, write_until
from requests_app.drill.run_drill import Desk, DrillFailed
from requests_app.ledger.attribution import Attribution
from requests_app.models import Role


class Command(BaseCommand):
    help = (
        "Back up a desk while several people write, restore it elsewhere, and compare: every file, "
        "every entry, every state and deadline. On a desk made for it, in a folder that is removed."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--writers", type=int, default=3, help="default 3")
        parser.add_argument(
            "--server", default="", help="postgres://… where databases may be made; else SQLite"
        )
        # The steps that the drill starts as processes of their own.
        parser.add_argument("--as", dest="role", choices=["founder", "writer", "reader"])
        parser.add_argument("--number", type=int)
        parser.add_argument("--log", type=Path)
        parser.add_argument("--stop", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["role"]:
            self._act(**options)
            return
        if options["writers"] < 1:
            raise CommandError("--writers is at least 1.")
        with (
            tempfile.TemporaryDirectory(prefix="drill-") as made,
            _two_databases(options["server"]) as (first, second),
        ):
            folder = Path(made)
            live, spare = Desk(folder / "live", first), Desk(folder / "spare", second)
            for desk in (live, spare):
                desk.var.mkdir(mode=0o700)
            try:
                found = run_drill.run(live, spare, folder, writers=options["writers"])
            except DrillFailed as error:
                raise CommandError(f"The drill failed. {error}") from error
        self.stdout.write(found.said.strip())
        self.stdout.write(
            f"{found.writers} writers. {found.before} requests were filed when the backup began: "
            f"all are restored. {found.restored} of the {found.written} filed in the end are in "
            f"the backup of {found.archive_bytes:,} bytes, and their {found.rows} rows are as in "
            "the desk. Nothing is missing."
        )
        self.stdout.write(f"No writer was refused; the slowest took {found.slowest:.1f} s.")

    def _act(self, **options: Any) -> None:
        if options["role"] == "founder":
            _found(options["writers"])
        elif options["role"] == "writer":
            email = _address(options["number"])
            written = write_until.write_until(
                options["stop"], email=email, log=options["log"], now=timezone.now
            )
            self.stdout.write(json.dumps(asdict(written)))
        else:
            rows.write_rows(options["log"])


def _address(number: int) -> str:
    return f"writer-{number}@drill.example"


def _found(writers: int) -> None:
    at = timezone.now()
    admin = people.found_newsroom(
        name="The Drill",
        address="1 Main Street\nStamford, CT 06901",
        email="desk@drill.example",
        admin_name="Ada Drill",
        admin_email="admin@drill.example",
        password="seven-otters-swim",  # noqa: S106  of a desk that lives for minutes
        at=at,
    )
    for number in range(writers):
        people.add_member(
            admin.membership.newsroom,
            email=_address(number),
            name=f"Writer {number}",
            role=Role.REPORTER,
            by=Attribution(admin, at),
        )


@contextmanager
def _two_databases(server: str) -> Iterator[tuple[str, str]]:
    """Two empty ones, which are dropped in the end; on SQLite each desk's folder has its own."""
    if not server:
        yield "", ""
        return
    names = [f"drill_{timezone.now():%H%M%S%f}_{which}" for which in ("live", "spare")]
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    address = urlsplit(server)
    try:
        first, second = (address._replace(path=f"/{name}").geturl() for name in names)
        yield first, second
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            for name in names:
                dropping = sql.SQL("DROP DATABASE {} WITH (FORCE)")
                connection.execute(dropping.format(sql.Identifier(name)))
