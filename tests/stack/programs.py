"""The desk's programs started one by one, as `up` would, but dead when a test kills them."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bootstrap.paths import ROOT
from bootstrap.servers import ports
from config.running.programs import desk_programs
from tests.desk import Desk, until

PEOPLE = "ana@ledger.example"


@dataclass(frozen=True)
class Told:
    """What the database says of one request."""

    public_id: str
    state: str
    letters: int
    submissions: int
    sent_events: int
    deliveries: list[list[str]]


def listening(port: int) -> socket.socket | None:
    """None as long as the children of a web server that was killed still let go of the port."""
    try:
        return ports.listen(port)
    except OSError:
        return None


class Programs(Desk):
    """A desk without its supervisor: what is killed stays dead until it is started again."""

    def __init__(self, var: Path, **settings: str) -> None:
        plain_files = "django.contrib.staticfiles.storage.StaticFilesStorage"
        super().__init__(var, STATICFILES_STORAGE=plain_files, **settings)
        var.mkdir(parents=True, exist_ok=True)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.log = (var / "programs.log").open("ab")
        self.teller = subprocess.Popen(
            [sys.executable, "-m", "tests.stack.desk_probe"],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        assert self.teller.stdin is not None
        assert self.teller.stdout is not None
        self.teller_in, self.teller_out = self.teller.stdin, self.teller.stdout

    def begin(self, name: str) -> None:
        """Start one. Only the web server keeps its socket: killed, it answers nobody."""
        with until(lambda: listening(self.port if name == "web" else 0), what="the port") as web:
            programs = desk_programs(
                web_socket=web.fileno(), mail_socket=None, mailbox=self.var / "mailbox"
            )
            program = next(program for program in programs if program.name == name)
            self.running[name] = subprocess.Popen(
                program.command,
                cwd=ROOT,
                env=self.env,
                pass_fds=program.sockets,
                stdin=subprocess.DEVNULL,
                stdout=self.log,
                stderr=self.log,
                start_new_session=True,
            )
        if name == "web":
            until(self.is_up, what="the web server")

    def kill(self, program: str) -> None:
        """SIGKILL, with whatever it started itself."""
        process = self.running.pop(program)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        super().stop()
        for name in list(self.running):
            self.kill(name)
        self.teller_in.close()
        self.teller.wait(10)
        self.teller_out.close()
        self.log.close()

    def found(self, *, drafts: int) -> list[str]:
        return [str(public_id) for public_id in self._ask("found", drafts)]

    def tell(self) -> list[Told]:
        return [Told(**row) for row in self._ask("tell")]

    def settled(self) -> list[Told]:
        """What the database says once no delivery is waiting or being sent."""

        def look() -> list[Told]:
            told = self.tell()
            moving = [d for t in told for d in t.deliveries if d[0] in {"queued", "sending"}]
            return [] if moving else told

        return until(look, seconds=90, what="every delivery to settle")

    def submit(self, public_id: str) -> httpx.Response:
        person = self.person(PEOPLE)
        return person.fill(f"/requests/{public_id}/submit/", channel="email")

    def is_up(self) -> bool:
        try:
            return httpx.get(f"{self.base_url}/health/").status_code == 200
        except httpx.TransportError:
            return False

    def _ask(self, verb: str, *arguments: object) -> Any:
        self.teller_in.write(json.dumps([verb, *arguments]) + "\n")
        self.teller_in.flush()
        return json.loads(self.teller_out.readline())


@contextmanager
def programs(var: Path, **settings: str) -> Iterator[Programs]:
    desk = Programs(var, **settings)
    try:
        yield desk
    finally:
        desk.stop()
