"""The whole desk into one encrypted archive, while it runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.ledger.security.security_log import record_of_the_desk
from requests_app.storage.backups import encryption, write_archive
from requests_app.storage.backups.database_snapshot import DatabaseProblem
from requests_app.vocabulary.security_kinds import SecurityKind


class Command(BaseCommand):
    help = (
        "Back up the database and all files into one archive, encrypted with age for whoever has "
        "the key of a recipient. The desk may run meanwhile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", nargs="?", type=Path, help="a file that is not there yet")
        parser.add_argument(
            "--recipient",
            action="append",
            default=[],
            help="age1… or an SSH public key; also several. Else BACKUP_RECIPIENTS",
        )
        parser.add_argument("--unencrypted", action="store_true", help="in clear, for a safe disk")
        parser.add_argument("--new-key", type=Path, help="only make a key, into that new file")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_key"]:
            self._make_key(options["new_key"])
            return
        if options["archive"] is None:
            raise CommandError("Name the archive to write, such as desk-2026-11-22.age")
        recipients = self._recipients(options)
        try:
            manifest = write_archive.write(
                options["archive"], recipients=recipients, at=timezone.now()
            )
        except FileExistsError as error:
            raise CommandError(f"{options['archive']} is there already: name another.") from error
        except (DatabaseProblem, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        size = options["archive"].stat().st_size
        how = "encrypted" if recipients else "NOT encrypted"
        record_of_the_desk(SecurityKind.BACKUP_MADE, how=how)
        self.stdout.write(
            f"{options['archive']}: {len(manifest.members)} files, {size:,} bytes, {how}."
        )

    def _recipients(self, options: dict[str, Any]) -> list[Any]:
        words = options["recipient"] or list(settings.BACKUP_RECIPIENTS)
        if options["unencrypted"]:
            return []
        if not words:
            raise CommandError(
                "Say for whom it is encrypted, by --recipient or BACKUP_RECIPIENTS. "
                "`backup --new-key FILE` makes a key; keep its file elsewhere than the backups. "
                "--unencrypted writes in clear."
            )
        try:
            return encryption.recipients_of(words)
        except encryption.KeyProblem as error:
            raise CommandError(str(error)) from error

    def _make_key(self, path: Path) -> None:
        try:
            recipient = encryption.new_identity(path)
        except OSError as error:
            raise CommandError(f"No key was made: {error}") from error
        self.stdout.write(
            f"{path} opens the backups: keep it where they are not, and keep a copy.\n"
            f"BACKUP_RECIPIENTS={recipient}"
        )
