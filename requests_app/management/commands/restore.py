"""A backup put back into an empty VAR_DIR and database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from requests_app.ledger.security.security_log import record_of_the_desk
from requests_app.storage.backups import check_files, encryption, restore_archive
from requests_app.storage.backups.database_snapshot import DatabaseProblem
from requests_app.vocabulary.security_kinds import SecurityKind


class Command(BaseCommand):
    help = (
        "Restore a backup into this VAR_DIR and DATABASE_URL, which are empty: nothing is ever "
        "overwritten. Then every file's hash and every ledger is checked."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--identity", type=Path, help="the file of the key that opens it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = options["identity"]
            identities = encryption.identities_in(key) if key else []
            manifest = restore_archive.restore(options["archive"], identities=identities)
        except (
            restore_archive.NotRestored, encryption.KeyProblem, DatabaseProblem, OSError,
        ) as error:  # fmt: skip
            raise CommandError(f"Not restored: {error}") from error
        self.stdout.write(f"Restored what was backed up at {manifest.made_at}.")
        call_command("migrate", interactive=False, verbosity=0)
        record_of_the_desk(SecurityKind.BACKUP_RESTORED, made_at=manifest.made_at)
        self._check_files()
        call_command("rederive", check=True, stdout=self.stdout)
        if "verify_ledger" in get_commands():
            call_command("verify_ledger", stdout=self.stdout)

    def _check_files(self) -> None:
        count, wrong = check_files.missing_or_damaged()
        self.stdout.write(f"{count - len(wrong)} of {count} files are as they were kept.")
        if wrong:
            raise CommandError(f"Missing or damaged: {', '.join(wrong[:20])}")
