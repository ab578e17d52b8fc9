"""`manage.py import_log FILE --newsroom N --by PERSON --mapping M --dry-run`."""

import time
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.actions.errors import Refused
from requests_app.actions.research import importing
from requests_app.actions.research.importing import AboutTheFile, BroughtFile, Meaning
from requests_app.ledger.attribution import Attribution
from requests_app.models import ImportStage, LogImport, Project, User
from requests_app.research.importing.fates import IN_WORDS, Fate
from requests_app.research.importing.work import work
from requests_app.storage import content

SHOWN = 50
WAIT_SECONDS = 0.5


class Command(BaseCommand):
    help = "Import requests and challenges from a file. Exit 1 and a sentence where it cannot be."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="whose import it is: an e-mail address")
        parser.add_argument(
            "--mapping",
            default="",
            help="foia-log, muckrock, or the name of one that the newsroom keeps; without it what "
            "the desk proposes by the headings",
        )
        parser.add_argument("--source", default="", help="which log it is; else the file's name")
        parser.add_argument("--city", default="", help="of ours, such as us-ct/stamford")
        parser.add_argument("--place", default="", help="or another place")
        parser.add_argument("--agency", default="")
        parser.add_argument("--project", default="", help="one that there is, by its name")
        parser.add_argument("--dry-run", action="store_true", help="say what each row becomes")
        parser.add_argument("--with-duplicates", action="store_true")
        parser.add_argument("--without-refused", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._handle(options)
        except (Refused, PermissionDenied, OSError) as error:
            raise CommandError(str(error)) from error

    def _handle(self, options: Mapping[str, Any]) -> None:
        by = Attribution(_person(options["by"]), timezone.now())
        row = _bring(options, by)
        meaning = _meaning(row, options["mapping"])
        importing.try_it(row, meaning, by=by)
        row.refresh_from_db()
        self._work(row, ImportStage.CHECKED)
        self._say(row)
        if options["dry_run"]:
            return
        importing.start(
            row,
            by=by,
            takes_duplicates=options["with_duplicates"],
            leaves_out_refused=options["without_refused"],
        )
        row.refresh_from_db()
        self._work(row, ImportStage.IMPORTED)
        self.stdout.write(f"Imported, as number {row.pk}: {_counts(row)}.")

    def _work(self, row: LogImport, expected: ImportStage) -> None:
        """Here and now. Where the desk's own worker was faster, until it is done."""
        while row.is_moving:
            work(row.pk, now=timezone.now)
            row.refresh_from_db()
            if row.is_moving:
                time.sleep(WAIT_SECONDS)
        if row.stage == ImportStage.FAILED:
            raise CommandError(row.problem)
        if row.stage != expected:
            raise CommandError(f"Somebody else has gone on with it: see import {row.pk} there.")

    def _say(self, row: LogImport) -> None:
        self.stdout.write(f"{row.total:,} rows: {_counts(row)}.")
        for one in row.problems[:SHOWN]:
            column = f", {one['column']}" if one["column"] else ""
            self.stdout.write(f"row {one['row']}{column}: {one['what']}")
        self.stdout.write(f"Each row: {content.path_of(str(row.fates.name))}")


def _person(email: str) -> User:
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None or getattr(user, "membership", None) is None:
        raise CommandError(f"{email} is nobody's address in a newsroom of this desk.")
    return user


def _bring(options: Mapping[str, Any], by: Attribution) -> LogImport:
    newsroom = by.user.membership.newsroom
    path: Path = options["file"]
    about = AboutTheFile(
        source=options["source"] or path.stem,
        city_slug=options["city"],
        place=options["place"],
        agency=options["agency"],
        project=_project(newsroom.pk, options["project"]),
    )
    with path.open("rb") as file:
        brought = BroughtFile(path.name, content.chunks_of(file))
        return importing.bring(newsroom, brought, about, by=by)


def _project(newsroom_id: int, name: str) -> Project | None:
    if not name:
        return None
    found = Project.objects.filter(newsroom=newsroom_id, name=name).first()
    if found is None:
        raise CommandError(f"The newsroom has no project “{name}”: begin it on the desk first.")
    return found


def _meaning(row: LogImport, name: str) -> Meaning | None:
    return importing.named(row.newsroom, name, row.headings) if name else None


def _counts(row: LogImport) -> str:
    found = [f"{row.counts[fate]:,} {IN_WORDS[fate].lower()}" for fate in Fate
             if row.counts.get(fate)]  # fmt: skip
    return ", ".join(found) or "nothing"
