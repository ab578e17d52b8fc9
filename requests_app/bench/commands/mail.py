"""Ordinary messages taken in among many requests; and a large one, in a process of its own."""

import json
from pathlib import Path

from django.core.management.base import CommandError

from requests_app.bench import incoming_mail
from requests_app.bench.running import Bench, Environment, database, manage


def run(bench: Bench) -> bool:
    if bench.options["large"]:
        bench.say(json.dumps(incoming_mail.large(Path(bench.options["large"]))))
        return True
    if bench.options["yes"]:
        result = incoming_mail.run(bench.options["requests"], bench.options["messages"])
        for line in result.lines():
            bench.say(line)
        return result.is_met
    with database("postgresql") as env:
        said, is_met = _in_a_process(env, "--yes", *bench.told("requests", "messages"))
        bench.say(said)
        return _large(bench, env, Path(env["VAR_DIR"]) / "large.eml") and is_met


def _in_a_process(env: Environment, *arguments: str) -> tuple[str, bool]:
    """What it says, and its verdict: exit 1 is one, anything else is a failure."""
    done = manage(env, "bench", "mail", *arguments)
    if done.returncode not in {0, 1} or not done.stdout:
        raise CommandError(done.stderr or "the measuring process failed")
    return done.stdout.rstrip("\n"), done.returncode == 0


def _large(bench: Bench, env: Environment, path: Path) -> bool:
    """Whether a message of 25 MB took no more memory than it may."""
    incoming_mail.write_large(path, 25 * 2**20)
    said, _ = _in_a_process(env, "--large", str(path))
    idle, peak = json.loads(said)
    is_met = bool(peak - idle < incoming_mail.LIMIT_MB)
    bench.say(
        f"a message of 25 MB: {peak - idle:.0f} MB above the idle process's {idle:.0f} "
        f"(under {incoming_mail.LIMIT_MB:.0f}) {'ok' if is_met else 'TOO MUCH'}"
    )
    return is_met
