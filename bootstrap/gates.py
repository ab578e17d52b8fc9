"""`run.py test`: every gate, one after the other, none skipped because another failed."""

import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from bootstrap.machine import libraries, venv
from bootstrap.servers.environments import Environments, prepare_environments
from bootstrap.shell import run_python
from bootstrap.terminal import title

NO_TESTS_COLLECTED = 5  # pytest's exit code
BROWSER_TESTS = "tests/browser"  # named, so that 10,000 others are not collected for these


@dataclass(frozen=True)
class Result:
    name: str
    outcome: str  # "ok", "failed", or "not run: why"
    seconds: float

    @property
    def is_not_run(self) -> bool:
        return self.outcome.startswith("not run")


@dataclass(frozen=True)
class Gate:
    name: str
    command: tuple[str, ...]
    env: dict[str, str]
    not_run: str | None = None  # why it cannot be


def run() -> int:
    libraries.bring()  # before anything is downloaded: where it cannot be, nothing is
    venv.bring(dev=True)
    with ExitStack() as stack:
        environments = prepare_environments(stack)
        results = [_pass(gate) for gate in gates(environments)]
    return report(results, ci=os.environ.get("CI", "").lower() in {"1", "true"})


def gates(environments: Environments) -> list[Gate]:
    """In the order they run: the quick and exact before the slow."""
    pytest = ("-m", "pytest", *_in_parallel())
    deployed = {**environments.embedded, "BASE_URL": "https://desk.example.org"}
    chosen = "not browser and not tools" if environments.no_tools else "not browser"
    return [
        Gate(
            "ruff check",
            ("-m", "ruff", "check", "--output-format=concise", "."),
            environments.embedded,
        ),
        Gate("ruff format", ("-m", "ruff", "format", "--check", "."), environments.embedded),
        Gate("types (mypy)", ("-m", "mypy"), environments.embedded),
        Gate("import contracts", ("-c", LINT_IMPORTS), environments.embedded),
        Gate("city packs", ("manage.py", "check_cities"), environments.embedded),
        Gate(
            "migrations complete",
            ("manage.py", "makemigrations", "--check", "--dry-run"),
            environments.embedded,
        ),
        Gate(
            "deployment checks",
            ("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
            deployed,
        ),
        Gate("known vulnerabilities", AUDIT, environments.embedded),
        Gate("tests, embedded", (*pytest, "-m", chosen), environments.embedded),
        Gate(
            "tests, PostgreSQL and Redis",
            (*pytest, "-m", f"{chosen} and database and not own_servers and not first_pass"),
            environments.servers,
            environments.no_servers,
        ),
        Gate(
            "tests, browser",
            ("-m", "pytest", "-m", "browser", BROWSER_TESTS),
            environments.browser,
            environments.no_browser,
        ),
        *_left_out(environments),
    ]


def _left_out(environments: Environments) -> list[Gate]:
    """The tests that need programs which are not here, named so that nobody takes them for run."""
    if not environments.no_tools:
        return []
    command = ("-m", "pytest", "-m", "tools")
    return [Gate("tests, other programs", command, environments.embedded, environments.no_tools)]


AUDIT = ("-m", "bootstrap.dependencies")
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run(prog_name='lint')"


def _in_parallel() -> tuple[str, ...]:
    """Two workers already pay on two cores; more than four fight over the database."""
    return ("-n", str(min(4, max(2, os.cpu_count() or 2))), "--dist", "loadgroup")


def _pass(gate: Gate, *, clock: Callable[[], float] = time.monotonic) -> Result:
    title(gate.name)
    if gate.not_run:
        print(f"  not run: {gate.not_run}")
        return Result(gate.name, f"not run: {gate.not_run}", 0.0)
    started = clock()
    code = run_python(gate.command, gate.env)
    empty = code == NO_TESTS_COLLECTED and "pytest" in gate.command
    outcome = "ok" if code == 0 else "not run: no test was found" if empty else "failed"
    return Result(gate.name, outcome, clock() - started)


def report(results: list[Result], *, ci: bool) -> int:
    """The closing table, and the exit code: a gate not run is a failure where CI says so."""
    title("what was run")
    for result in results:
        print(f"  {result.name:<30} {result.outcome.partition(':')[0]:<8} {result.seconds:6.1f} s")
    print(f"  {'together':<30} {'':<8} {sum(result.seconds for result in results):6.1f} s")
    not_run = [result for result in results if result.is_not_run]
    for result in not_run:
        print(f"  NOT RUN: {result.name} ({result.outcome.partition(': ')[2]})")
    failed = [result for result in results if result.outcome == "failed"]
    if failed:
        print(f"  FAILED: {', '.join(result.name for result in failed)}")
    if not_run and ci:
        print("  CI is set: what was not run counts as failed.")
    return 1 if failed or (not_run and ci) else 0
