"""`manage.py bench clocks`: is the desk as fast as it promises?

The engine is measured in this process. A closure that moves a hundred thousand requests is measured
on a private PostgreSQL made for it; with --yes on the configured database, where everything is
rolled back.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bootstrap import postgresql
from requests_app.bench import closure, engine

REQUESTS = 100_000


class Command(BaseCommand):
    help = "Measure the clocks against what they may take. Exit 1 if one is too slow."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["clocks"])
        parser.add_argument("--requests", type=int, default=REQUESTS, help="open in the city")
        parser.add_argument("--engine", action="store_true", help="without any database")
        parser.add_argument(
            "--yes",
            action="store_true",
            help="use the configured database: its tables are locked meanwhile, then rolled back",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["requests"] < 1:
            raise CommandError("--requests is at least 1.")
        is_met = self._closure(options["requests"]) if options["yes"] else self._engine()
        if not options["yes"] and not options["engine"]:
            is_met = self._on_a_database_of_its_own(options["requests"]) and is_met
        if not is_met:
            raise SystemExit(1)

    def _engine(self) -> bool:
        measures = engine.measures()
        for measure in measures:
            self.stdout.write(str(measure))
        return all(measure.is_met for measure in measures)

    def _closure(self, requests: int) -> bool:
        result = closure.run(requests)
        for line in result.lines():
            self.stdout.write(line)
        return result.is_met

    def _on_a_database_of_its_own(self, requests: int) -> bool:
        binaries = postgresql.programs()
        if binaries is None:
            raise CommandError(
                "There is no PostgreSQL here to make a database on: install it, or measure on the "
                "configured database with --yes."
            )
        server, url = postgresql.start(binaries)
        try:
            env = {**os.environ, "DATABASE_URL": url}
            self._manage(env, "migrate", "--verbosity", "0")
            self.stdout.flush()
            done = self._manage(
                env, "bench", "clocks", "--yes", "--requests", str(requests), may_fail=True
            )
        finally:
            server.stop()
        return done == 0

    def _manage(self, env: dict[str, str], *arguments: str, may_fail: bool = False) -> int:
        command = [sys.executable, str(settings.ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, env=env, check=False, capture_output=True, text=True)
        self.stdout.write(done.stdout, ending="")
        if done.returncode and (not may_fail or done.stderr):
            raise CommandError(done.stderr or f"{' '.join(arguments)} failed")
        return done.returncode
