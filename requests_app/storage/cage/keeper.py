"""The desk's end of the keeper: started when it is first needed, one for each process."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from requests_app.storage.cage import bubble
from requests_app.storage.cage.confinement import readable
from requests_app.storage.cage.keeper_program import LENGTH

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(__file__).with_name("keeper_program.py")
BUBBLEWRAP = "bubblewrap"
START_SECONDS = 60


class NotStartedError(OSError):
    """The cage cannot be set up on this machine: nothing is opened."""


@dataclass(slots=True)
class Keeper:
    """A running keeper. `layers` are the walls that its jobs have, each with its version."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    layers: dict[str, int]
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, job: bytes, files: list[int]) -> None:
        """Hand over a job and its open files. OSError where the keeper is gone."""
        with self.lock:
            socket.send_fds(self.control, [LENGTH.pack(len(job))], files)
            self.control.sendall(job)

    def stop(self) -> None:
        """Its jobs end with it."""
        self.control.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        self.process.kill()
        self.process.wait()


def start(*, hidden: Iterable[Path] = (), without: Collection[str] = ()) -> Keeper:
    """With as many walls as stand here, but for those that it is to do `without`. Those that are
    left out are for tests: what each holds by itself is tried."""
    folders = readable(ROOT, *_font_caches())
    words = [
        sys.executable, "-I", "-B", str(PROGRAM), str(ROOT),
    ]  # fmt: skip
    rest = [json.dumps(folders), json.dumps(sorted(without))]
    if BUBBLEWRAP not in without and _bubblewrap_starts():
        walls = bubble.walls(folders=folders, hidden=hidden)
        keeper = _started([*walls, *words], rest)
        if isinstance(keeper, Keeper):
            keeper.layers[BUBBLEWRAP] = 1
            return keeper
    keeper = _started(words, rest)
    if isinstance(keeper, Keeper):
        return keeper
    raise NotStartedError(f"The cage for strangers' files did not start: {keeper}")


@cache
def _bubblewrap_starts() -> bool:
    """Tried by itself, so that a keeper is not waited for in vain at each start."""
    if not bubble.program():
        return False
    command = [*bubble.walls(folders=readable(ROOT), hidden=()), sys.executable, "-I", "-c", ""]
    tried = subprocess.run(
        command, env={}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, timeout=START_SECONDS,
    )  # fmt: skip
    return tried.returncode == 0


def _started(words: list[str], rest: list[str]) -> Keeper | str:
    """The keeper, or the last that was heard of it."""
    ours, theirs = socket.socketpair()
    with theirs, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [*words, str(theirs.fileno()), *rest],
            cwd="/",
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            pass_fds=[theirs.fileno()],
            start_new_session=True,  # Ctrl-C on the desk lets its jobs come to their end
        )
        theirs.close()
        greeting = _greeting(ours)
        if greeting is not None:
            return Keeper(process, ours, greeting)
        ours.close()
        process.kill()
        process.wait()
        errors.seek(0)
        return errors.read()[-500:].decode("utf-8", "replace").strip() or "it said nothing"


def _greeting(ours: socket.socket) -> dict[str, int] | None:
    ours.settimeout(START_SECONDS)
    try:
        head = ours.recv(LENGTH.size, socket.MSG_WAITALL)
        if len(head) < LENGTH.size:
            return None
        said = ours.recv(LENGTH.unpack(head)[0], socket.MSG_WAITALL)
    except OSError:
        return None
    ours.settimeout(None)
    layers: dict[str, int] = json.loads(said)
    return layers


def _environment() -> dict[str, str]:
    """Nothing of the desk's own."""
    caches = _cache_home()
    return {"PATH": os.defpath, "LANG": "C.UTF-8", "XDG_CACHE_HOME": str(caches)}


def _cache_home() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())


def _font_caches() -> list[str]:
    """Without them each job would look through every font anew."""
    return [str(_cache_home() / "fontconfig")]
