"""`manage.py bench clocks`, and so on: is the desk as fast, and as right, as it promises?

Each benchmark is a module of `requests_app.bench.commands`, which says what it measures and where.
`pages`, `api` and `figures` leave with --yes what they filled: the next run measures at once.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.bench import catalog
from requests_app.bench.commands import MODULES, benchmark
from requests_app.bench.halves import HALVES
from requests_app.bench.running import Bench

REQUESTS = 100_000


class Command(BaseCommand):
    help = "Measure the desk against what it promises. Exit 1 if a promise is missed."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=tuple(MODULES))
        parser.add_argument(
            "folder", nargs="?", type=Path, help="of bounces (.eml), or of quotes: other people's"
        )
        parser.add_argument("--half", choices=HALVES, help="of those: by the hash of their names")
        parser.add_argument("--requests", type=int, default=REQUESTS, help="open in the city")
        parser.add_argument("--letters", type=int, default=5_000, help="made in one process")
        parser.add_argument("--rounds", type=int, default=60, help="of a letter beside WeasyPrint")
        parser.add_argument("--communications", type=int, default=200, help="of a case file")
        parser.add_argument("--exhibits", type=int, default=50, help="of a case file")
        parser.add_argument("--pages", type=int, default=1000, help="of a case file, at least")
        parser.add_argument("--messages", type=int, default=2_000, help="of mail, taken in")
        parser.add_argument(
            "--part", choices=catalog.PARTS, help="of catalog; every part where none is named"
        )
        parser.add_argument("--datasets", type=int, default=5_000, help="of a city's catalog")
        parser.add_argument("--rows", type=int, default=50_000, help="of a file that is imported")
        parser.add_argument("--entries", type=int, default=1_000_000, help="of a chain")
        parser.add_argument("--large", default="", help="a message whose memory is measured")
        parser.add_argument("--engine", action="store_true", help="without any database")
        parser.add_argument(
            "--yes",
            action="store_true",
            help="use the configured database: its tables are locked meanwhile, then rolled back",
        )

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if options["requests"] < 1:
            raise CommandError("--requests is at least 1.")
        if not benchmark(what)(Bench(what, options, self._say, timezone.now)):
            raise SystemExit(1)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
