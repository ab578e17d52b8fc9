"""What has to be so before the desk opens: tables, city packs, static files. Quick when it is."""

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import cities
from cities.schema.load import PACKS
from requests_app.catalog.reading.city_portals import ensure_portals
from requests_app.ledger import triggers
from requests_app.ledger.chains import chains_that_take_rows

CITIES = Path(cities.__file__).parent
ROOT = CITIES.parent
STATIC_STAMP = ".collected"
COUNT_STAMP = "counted-with"  # the packs, and the code, that what is stored was counted by


def step(name: str, work: Callable[[], str], *, do: str) -> str:
    """Do one step and return its line; a failure names the step, the reason and the way out."""
    try:
        return f"{name}: {work()}"
    except Exception as error:
        raise CommandError(f"{name} failed\n   Why: {error}\n    Do: {do}") from error


def migrate() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    is_done = not plan and not triggers.missing(connection.alias)
    if is_done and not chains_that_take_rows().exists():
        return "up to date"
    call_command("migrate", interactive=False, verbosity=0)
    if plan:
        return f"{len(plan)} migrations applied"
    return (
        "what was written entered its chain" if is_done else "the ledger's protection was put back"
    )


def count_anew() -> str:
    """What is stored of the ledgers, when the packs or what counts are others than the last time.

    One ledger that cannot be counted is named by `rederive --check`; it keeps nobody from working.
    """
    stamp = settings.VAR / COUNT_STAMP
    now = _fingerprint_of_the_count()
    if stamp.exists() and stamp.read_text() == now:
        return "up to date"
    said = io.StringIO()
    try:
        call_command("rederive", stdout=said)
    except SystemExit:
        return f"{_last_line(said)} `python3 run.py manage rederive --check` says which cannot be."
    stamp.write_text(now)
    return _last_line(said)


def _last_line(said: io.StringIO) -> str:
    return said.getvalue().strip().rpartition("\n")[2]


def _fingerprint_of_the_count() -> str:
    """Of what the stored rows follow from beside the ledgers: the packs, and what counts."""
    counting = [
        ROOT / "requests_app" / name
        for name in ("deadlines.py", "headlines.py", "ledger/counted_rows.py")
    ]
    files = [*sorted(PACKS.rglob("*.toml")), *sorted(CITIES.rglob("*.py")), *counting]
    facts = [(file.relative_to(ROOT).as_posix(), file.read_text("utf-8")) for file in files]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def portals() -> str:
    """A row for the portal of each city, as its pack says it now."""
    changed = ensure_portals()
    return f"{changed} made or changed" if changed else "up to date"


def collect_static() -> str:
    """`collectstatic`, when a file, a package or the storage differs from the last time."""
    stamp = Path(settings.STATIC_ROOT) / STATIC_STAMP
    now = _fingerprint_of_sources()
    if stamp.exists() and stamp.read_text() == now:
        return "up to date"
    call_command("collectstatic", interactive=False, verbosity=0, clear=stamp.parent.exists())
    stamp.write_text(now)
    return "collected"


def _fingerprint_of_sources() -> str:
    facts = [
        (name, Path(storage.path(name)).stat().st_mtime_ns, Path(storage.path(name)).stat().st_size)
        for finder in get_finders()
        for name, storage in finder.list([])
    ]
    backend = settings.STORAGES["staticfiles"]["BACKEND"]
    return hashlib.sha256(json.dumps([backend, sorted(facts)]).encode()).hexdigest()
