"""Workers to be killed, and what must be true of the letters they were sending."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from bootstrap.paths import ROOT
from tests.desk import give_back, servers_for
from tests.stack.faulty_smtp import Fault

# For each fault: a few in the suite, five hundred for the proof (docs/mail.md).
MESSAGES = int(os.environ.get("RECORDS_DESK_PROOF", "2"))
# How many of them come back in the end.
BOUNCED = 20
MAY_HAVE_LEFT = {"sent", "in_doubt"}


class Workers:
    """The process that forks the workers, on a database of its own."""

    def __init__(self, var: Path, email_url: str, **servers: str) -> None:
        kept = {k: os.environ[k] for k in ("PATH", "HOME", "LANG") if k in os.environ}
        self.servers = {} if servers else servers_for(var)
        self.log = (var.parent / "workers.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.stack.forking_worker"],
            cwd=ROOT,
            env={
                **kept, **self.servers, **servers,
                "VAR_DIR": str(var), "BASE_URL": "http://localhost:1", "EMAIL_URL": email_url,
                "MAIL_PER_HOST_PER_MINUTE": "0", "MAIL_DOMAIN": "desk.example",
                "LOG_LEVEL": "WARNING",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )  # fmt: skip

    def __call__(self, verb: str, *arguments: object) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([verb, *arguments]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def send(self, ids: list[int], at: datetime, *, timeout: float, at_once: int = 2) -> None:
        """By some processes, each its share, to their end."""
        shares = [ids[n::at_once] for n in range(at_once)]
        pids = [self("send", share, at.isoformat(), "", timeout) for share in shares if share]
        assert {self("wait", pid) for pid in pids} <= {0}, self.log.name

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def stop(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()
        self.log.close()
        give_back(self.servers)


def check(
    workers: Workers, fault: Fault, ids: list[int], may_become: set[str], *, count: int = MESSAGES
) -> Counter[str]:
    """Exactly once and SENT, or never and FAILED, or IN_DOUBT. How many became what."""
    taken = Counter(fault.taken)
    ends: Counter[str] = Counter()
    for state, message_id, _, sent_events in workers("tell", ids):
        times = taken[message_id]
        assert (state, times) in {
            ("sent", 1), ("failed", 0), ("in_doubt", 0), ("in_doubt", 1)
        }, (state, times)  # fmt: skip
        assert sent_events == (state == "sent")
        assert state in may_become
        ends[f"{state}, taken {'once' if times else 'never'}"] += 1
    assert sum(ends.values()) == len(ids) == count  # none is missing
    assert set(taken) <= {row[1] for row in workers("tell", ids)}  # and none came from nowhere
    check_return_paths(workers, fault, ids)
    return ends


def check_return_paths(workers: Workers, fault: Fault, ids: list[int]) -> None:
    """Whatever died between two tries, all were made under one return path; a bounce to it, as of
    the first try, is of its letter, and moves it if it may be there."""
    paths: list[str] = workers("return_paths", ids)
    of_letters = {path for path in fault.return_paths if path.startswith("b-")}
    assert of_letters <= set(paths), of_letters - set(paths)  # none under another
    for row, path in zip(workers("tell", ids), paths, strict=True):
        assert fault.taken_under.get(row[1], {path}) == {path}
    for delivery, path in list(zip(ids, paths, strict=True))[:BOUNCED]:
        [(before, *_)] = workers("tell", [delivery])
        told = workers("bounce", delivery, path)
        assert told == (["bounced", "filed"] if before in MAY_HAVE_LEFT else [before, "asks"])
    fault.return_paths.clear()
    fault.taken_under.clear()


def say(what: object, ends: Counter[str]) -> None:
    """For the proof's table: `pytest -s` shows it."""
    print(f"\n| {what} | {'; '.join(f'{n} {end}' for end, n in sorted(ends.items()))} |")
