"""`manage.py bench clocks`, `ledger`, `letters`, `casefile`, `mail`, `pages`, `api`, `catalog`,
`import`: is the desk as fast, and as right, as it promises?

The engine is measured in this process. A closure that moves a hundred thousand requests, and the
check of a million entries, are measured on a private PostgreSQL made for them; with --yes on the
configured database, where everything is rolled back. `pages` and `api` leave there what they
filled, so that the next run measures at once.
"""

import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bootstrap.servers import postgresql
from requests_app.bench import catalog, closure, derivations

REQUESTS = 100_000
FEWEST_FOR_PAGES = 100
WHAT = ("clocks", "ledger", "letters", "casefile", "mail", "pages", "api", "catalog", "import")


class Command(BaseCommand):
    help = "Measure the desk against what it promises. Exit 1 if a promise is missed."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=WHAT)
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
        parser.add_argument("--large", default="", help="a message whose memory is measured")
        parser.add_argument("--engine", action="store_true", help="without any database")
        parser.add_argument(
            "--yes",
            action="store_true",
            help="use the configured database: its tables are locked meanwhile, then rolled back",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["requests"] < 1:
            raise CommandError("--requests is at least 1.")
        if options["what"] == "casefile":
            self._casefile(options)
            return
        if options["what"] == "mail":
            self._mail(options)
            return
        if options["what"] == "catalog":
            self._catalog(options)
            return
        if options["what"] in {"pages", "api"}:
            self._pages(options)
            return
        if options["what"] == "import":
            self._import(options)
            return
        if options["what"] == "letters":
            self._letters(options["rounds"], options["letters"])
            return
        if options["what"] == "ledger":
            self._ledger(options)
            return
        is_met = self._closure(options["requests"]) if options["yes"] else self._engine()
        if not options["yes"] and not options["engine"]:
            is_met = self._on_a_database_of_its_own("clocks", options["requests"]) and is_met
        if not is_met:
            raise SystemExit(1)

    def _letters(self, rounds: int, count: int) -> None:
        if rounds < 1 or count < 10:
            raise CommandError("--rounds is at least 1, --letters at least 10.")
        from requests_app.bench import letters

        is_met = True
        for verdict in letters.run(rounds=rounds, letters=count):
            self.stdout.write(str(verdict))
            self.stdout.flush()
            is_met = is_met and verdict.is_met
        if not is_met:
            raise SystemExit(1)

    def _casefile(self, options: dict[str, Any]) -> None:
        """On a scratch database and in a process of its own, so that the memory is its alone."""
        names = ("communications", "exhibits", "pages")
        if any(options[name] < 1 for name in names):
            raise CommandError("--communications, --exhibits and --pages are at least 1.")
        if not options["yes"]:
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                env = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/scratch.sqlite3"}
                self._manage(env, "migrate", "--verbosity", "0")
                told = [f"--{name}={options[name]}" for name in names]
                if self._manage(env, "bench", "casefile", "--yes", *told, may_fail=True):
                    raise SystemExit(1)
            return
        from requests_app.bench import casefile

        result = casefile.run(casefile.Size(*(options[name] for name in names)))
        for line in result.lines():
            self.stdout.write(line)
        if not result.is_met:
            raise SystemExit(1)

    def _mail(self, options: dict[str, Any]) -> None:
        """On a PostgreSQL of its own; the large message in a process of its own besides."""
        from requests_app.bench import incoming_mail

        if options["large"]:
            self.stdout.write(json.dumps(incoming_mail.large(Path(options["large"]))))
            return
        if options["yes"]:
            result = incoming_mail.run(options["requests"], options["messages"])
            for line in result.lines():
                self.stdout.write(line)
            if not result.is_met:
                raise SystemExit(1)
            return
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, _postgresql() as url:
            env = {**os.environ, "DATABASE_URL": url, "VAR_DIR": folder}
            self._manage(env, "migrate", "--verbosity", "0")
            told = [f"--{name}={options[name]}" for name in ("requests", "messages")]
            is_slow = self._in_a_process(env, "--yes", *told).returncode
            is_fat = self._large(env, Path(folder) / "large.eml")
        if is_slow or is_fat:
            raise SystemExit(1)

    def _pages(self, options: dict[str, Any]) -> None:
        """On a PostgreSQL of its own; with --yes on a database that is kept, filled but once."""
        if options["requests"] < FEWEST_FOR_PAGES:
            raise CommandError(f"--requests is at least {FEWEST_FOR_PAGES}: some of each kind.")
        if not options["yes"]:
            with tempfile.TemporaryDirectory(prefix="bench-") as folder, _postgresql() as url:
                env = {**os.environ, "DATABASE_URL": url, "VAR_DIR": folder}
                self._manage(env, "migrate", "--verbosity", "0")
                told = ("--yes", f"--requests={options['requests']}")
                if self._manage(env, "bench", options["what"], *told, may_fail=True):
                    raise SystemExit(1)
            return
        from requests_app.bench import api_list
        from requests_app.bench.pages import run

        measured = api_list.run_api if options["what"] == "api" else run.run
        try:
            is_met = measured(options["requests"], at=timezone.now(), report=self._say)
        except run.NotOurDatabaseError as error:
            raise CommandError(str(error)) from error
        if not is_met:
            raise SystemExit(1)

    def _catalog(self, options: dict[str, Any]) -> None:
        """Each part on a SQLite and on a PostgreSQL of its own; with --yes on the configured
        database, where everything is rolled back."""
        parts = [options["part"]] if options["part"] else list(catalog.PARTS)
        if options["datasets"] < 1:
            raise CommandError("--datasets is at least 1.")
        if options["yes"]:
            results = [catalog.run(part, options["datasets"], self._say) for part in parts]
            if not all(results):
                raise SystemExit(1)
            return
        told = [f"--part={part}" for part in parts if options["part"]]
        told += ["--yes", f"--datasets={options['datasets']}"]
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, _postgresql() as url:
            failed = 0
            for address in (f"sqlite:///{folder}/scratch.sqlite3", url):
                env = {**os.environ, "DATABASE_URL": address, "VAR_DIR": folder}
                self._manage(env, "migrate", "--verbosity", "0")
                failed += self._manage(env, "bench", "catalog", *told, may_fail=True)
        if failed:
            raise SystemExit(1)

    def _import(self, options: dict[str, Any]) -> None:
        """On a SQLite and on a PostgreSQL of its own, each in a process of its own; with --yes on
        the configured database, where the rows stay."""
        if options["rows"] < 1_000:
            raise CommandError("--rows is at least 1,000.")
        if options["yes"]:
            from requests_app.bench import log_import

            result = log_import.run(options["rows"], now=timezone.now)
            for line in result.lines():
                self._say(line)
            if not result.is_met:
                raise SystemExit(1)
            return
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, _postgresql() as url:
            failed = 0
            for address in (f"sqlite:///{folder}/scratch.sqlite3", url):
                env = {**os.environ, "DATABASE_URL": address, "VAR_DIR": folder}
                self._manage(env, "migrate", "--verbosity", "0")
                told = ("--yes", f"--rows={options['rows']}")
                failed += self._manage(env, "bench", "import", *told, may_fail=True)
        if failed:
            raise SystemExit(1)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _in_a_process(
        self, env: dict[str, str], *arguments: str, shown: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """`bench mail` in a process of its own. Exit 1 is a verdict; anything else is a failure."""
        command = [sys.executable, str(settings.ROOT / "manage.py"), "bench", "mail", *arguments]
        done = subprocess.run(command, env=env, check=False, capture_output=True, text=True)
        if done.returncode not in {0, 1} or not done.stdout:
            raise CommandError(done.stderr or "the measuring process failed")
        if shown:
            self.stdout.write(done.stdout, ending="")
        return done

    def _large(self, env: dict[str, str], path: Path) -> bool:
        """Whether a message of 25 MB took more memory than it may."""
        from requests_app.bench import incoming_mail

        incoming_mail.write_large(path, 25 * 2**20)
        idle, peak = json.loads(self._in_a_process(env, "--large", str(path), shown=False).stdout)
        is_fat = bool(peak - idle >= incoming_mail.LIMIT_MB)
        mark = "TOO MUCH" if is_fat else "ok"
        self.stdout.write(
            f"a message of 25 MB: {peak - idle:.0f} MB above the idle process's {idle:.0f} "
            f"(under {incoming_mail.LIMIT_MB:.0f}) {mark}"
        )
        return is_fat

    def _engine(self) -> bool:
        measures = derivations.measures()
        for measure in measures:
            self.stdout.write(str(measure))
        return all(measure.is_met for measure in measures)

    def _closure(self, requests: int) -> bool:
        result = closure.run(requests)
        for line in result.lines():
            self.stdout.write(line)
        return result.is_met

    def _ledger(self, options: dict[str, Any]) -> None:
        """The check of every state and deadline, ten entries a request."""
        if not options["yes"]:
            if not self._on_a_database_of_its_own("ledger", options["requests"]):
                raise SystemExit(1)
            return
        from requests_app.bench import ledger_check

        result = ledger_check.run(options["requests"])
        for line in result.lines():
            self.stdout.write(line)
        if not result.is_met:
            raise SystemExit(1)

    def _on_a_database_of_its_own(self, what: str, requests: int) -> bool:
        binaries = postgresql.bring()
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
                env, "bench", what, "--yes", "--requests", str(requests), may_fail=True
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


@contextmanager
def _postgresql() -> Iterator[str]:
    """The address of a private server, as long as it is needed."""
    binaries = postgresql.bring()
    if binaries is None:
        raise CommandError("There is no PostgreSQL here to make a database on: install it.")
    server, url = postgresql.start(binaries)
    try:
        yield url
    finally:
        server.stop()
