"""The drill itself: every step a process of its own, as on the day it is needed."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST = 900.0  # seconds for the slowest step before the drill is given up


class DrillFailed(Exception):
    """Which step, and what it said."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder and a database; none stands for SQLite in the folder."""

    var: Path
    database_url: str = ""

    @property
    def env(self) -> dict[str, str]:
        given = {"VAR_DIR": str(self.var)}
        if self.database_url:
            given["DATABASE_URL"] = self.database_url
        others = {"DATABASE_URL", "REDIS_URL"}  # of whatever runs beside it
        kept = {name: value for name, value in os.environ.items() if name not in others}
        return {**kept, "LOG_LEVEL": "ERROR", **given}

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *words],
            env=self.env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise DrillFailed(f"{' '.join(words[:2])}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def start(self, *words: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), *words],
            env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one drill. `before`: requests that were committed when the backup began. `slowest`: the
    seconds that a writer took for one of theirs, at most."""

    writers: int
    before: int
    written: int
    restored: int
    rows: int
    archive_bytes: int
    slowest: float
    said: str


def run(live: Desk, spare: Desk, folder: Path, *, writers: int) -> Figures:
    """Raises DrillFailed at the first thing that is missing or differs."""
    live.manage("migrate", "--verbosity", "0")
    live.manage("drill", "--as", "founder", "--writers", str(writers))
    key, archive, stop = folder / "key", folder / "desk.age", folder / "stop"
    recipient = live.manage("backup", "--new-key", str(key)).rpartition("=")[2].strip()
    logs = [folder / f"writer-{number}" for number in range(writers)]
    people = [
        live.start("drill", "--as", "writer", "--number", str(number), "--log", str(log),
                   "--stop", str(stop))
        for number, log in enumerate(logs)
    ]  # fmt: skip
    try:
        _wait(lambda: all(_lines(log) for log in logs), people)
        before = [line for log in logs for line in _lines(log)]
        live.manage("backup", str(archive), "--recipient", recipient)
        at_end = {log: len(_lines(log)) for log in logs}
        _wait(lambda: all(len(_lines(log)) > at_end[log] for log in logs), people)
    except BaseException:
        for one in people:
            one.kill()  # what is wrong is said already
            one.wait()
        raise
    stop.touch()
    written = _end(people)
    said = spare.manage("restore", str(archive), "--identity", str(key))
    rows = {}
    for name, desk in (("live", live), ("spare", spare)):
        desk.manage("drill", "--as", "reader", "--log", str(folder / f"{name}-rows"))
        rows[name] = json.loads((folder / f"{name}-rows").read_text())
    _compare(rows["live"], rows["spare"], before)
    return Figures(
        writers=writers,
        before=len(before),
        written=len(rows["live"]["requests"]),
        restored=len(rows["spare"]["requests"]),
        rows=sum(len(rows["spare"][name]) for name in rows["spare"] if name != "requests"),
        archive_bytes=archive.stat().st_size,
        slowest=max(one["slowest"] for one in written),
        said=said,
    )


def _compare(live: dict[str, Any], spare: dict[str, Any], before: list[dict[str, int]]) -> None:
    for one in before:
        restored = spare["requests"].get(str(one["request"]), 0)
        if restored < one["events"]:
            raise DrillFailed(
                f"Request {one['request']} had {one['events']} entries when the backup began, and "
                f"has {restored} in what was restored."
            )
    for model in spare.keys() - {"requests"}:
        differ = [key for key, row in spare[model].items() if live[model].get(key) != row]
        if differ:
            raise DrillFailed(f"{model} {', '.join(differ[:5])} is not as in the desk.")


def _lines(log: Path) -> list[dict[str, int]]:
    """What is written whole."""
    with suppress(FileNotFoundError):
        return [json.loads(line) for line in log.read_text().split("\n")[:-1]]
    return []


def _wait(for_it: Callable[[], bool], people: "list[subprocess.Popen[str]]") -> None:
    until = time.monotonic() + LONGEST
    while not for_it():
        ended = next((one for one in people if one.poll() is not None), None)
        if ended is not None:
            raise DrillFailed(f"A writer ended: {ended.communicate()[0][-2000:]}")
        if time.monotonic() > until:
            raise DrillFailed("The writers wrote too little in too long a time.")
        time.sleep(0.05)


def _end(people: "list[subprocess.Popen[str]]") -> list[dict[str, Any]]:
    """What each writer says of itself in its last line."""
    written = []
    for one in people:
        said, _ = one.communicate(timeout=LONGEST)
        if one.returncode:
            raise DrillFailed(f"A writer ended with {one.returncode}: {said[-2000:]}")
        written.append(json.loads(said.splitlines()[-1]))
    return written
