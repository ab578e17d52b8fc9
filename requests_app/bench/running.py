"""What a benchmark is given: its options, where it reports, databases and processes of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.core.management.base import CommandError

from bootstrap.servers import postgresql

Kind = Literal["sqlite", "postgresql"]
Environment = dict[str, str]
BOTH: tuple[Kind, ...] = ("sqlite", "postgresql")
NO_POSTGRESQL = (
    "There is no PostgreSQL here to make a database on: install it, or measure on the configured "
    "database with --yes."
)


@dataclass(frozen=True, slots=True)
class Bench:
    """One run of `manage.py bench`. `what` is the benchmark's name there."""

    what: str
    options: Mapping[str, Any]
    say: Callable[[str], None]
    now: Callable[[], datetime]

    def check_at_least(self, least: int, *names: str) -> None:
        """Raises CommandError where one of these options is less."""
        if any(self.options[name] < least for name in names):
            named = [f"--{name}" for name in names]
            all_named = " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
            raise CommandError(f"{all_named} {'are' if named[1:] else 'is'} at least {least:,}.")

    def told(self, *names: str) -> list[str]:
        """These options, for the same benchmark in another process."""
        return [f"--{name}={self.options[name]}" for name in names]

    def on_databases_of_its_own(self, *told: str, kinds: tuple[Kind, ...]) -> bool:
        """Whether it keeps its promises on a new database of each kind, in a process of its own."""
        kept = []
        for kind in kinds:
            with database(kind) as env:
                done = manage(env, "bench", self.what, "--yes", *told)
            self._report(done)
            kept.append(done.returncode == 0)
        return all(kept)

    def _report(self, done: subprocess.CompletedProcess[str]) -> None:
        if done.stdout:
            self.say(done.stdout.rstrip("\n"))
        if done.returncode and done.stderr:
            raise CommandError(done.stderr)


@contextmanager
def database(kind: Kind) -> Iterator[Environment]:
    """The environment of a process that uses a new, migrated database, as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _address(kind, folder) as url:
        env = {**os.environ, "DATABASE_URL": url, "VAR_DIR": folder}
        done = manage(env, "migrate", "--verbosity", "0")
        if done.returncode:
            raise CommandError(done.stderr or "the database could not be migrated")
        yield env


def manage(env: Environment, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(Path(settings.ROOT) / "manage.py"), *arguments]
    return subprocess.run(command, env=env, check=False, capture_output=True, text=True)


@contextmanager
def _address(kind: Kind, folder: str) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/scratch.sqlite3"
        return
    binaries = postgresql.bring()
    if binaries is None:
        raise CommandError(NO_POSTGRESQL)
    server, url = postgresql.start(binaries)
    try:
        yield url
    finally:
        server.stop()
