"""The keeper: `python -I keeper_program.py ROOT SOCKET FOLDERS WITHOUT`, the last two as JSON.

It is started without the desk's environment, memory and files, imports what jobs need, and forks
for each: the fork is confined, does its job and ends. The keeper itself never looks at a file. It
ends jobs at their time, says how each ended, and ends when the desk's process does.

A job comes as a length and JSON, with four open files: the source, where the output goes, where the
result goes, and a socket on which the keeper says how it ended.
"""

import contextlib
import importlib
import json
import os
import select
import signal
import socket
import struct
import sys
import time
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LENGTH = struct.Struct("!I")
FILES = 4
LONGEST_REASON = 500


@dataclass(slots=True)
class Job:
    """A fork at work, and until when."""

    said_on: int
    until: float
    is_over_time: bool = False


class Keeper:
    def __init__(self, control: socket.socket, layers: dict[str, int], folders: list[str]) -> None:
        self.control, self.layers, self.folders = control, layers, folders
        self.jobs: dict[int, Job] = {}
        self.wake, waker = os.pipe()
        self.heard: list[Any] = [control, self.wake]
        os.set_blocking(self.wake, False)
        os.set_blocking(waker, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)

    def serve(self) -> None:
        while True:
            ready, _, _ = select.select(self.heard, [], [], self._pause())
            if self.wake in ready:
                os.read(self.wake, 4096)
            self._end_those_over_time()
            self._say_who_ended()
            if self.control in ready and not self._take():
                break
        for pid in self.jobs:
            os.kill(pid, signal.SIGKILL)

    def _pause(self) -> float | None:
        waiting = [job.until for job in self.jobs.values() if not job.is_over_time]
        return max(0.0, min(waiting) - time.monotonic()) if waiting else None

    def _take(self) -> bool:
        """The next job; False where the desk's process is gone."""
        head, files, _, _ = socket.recv_fds(self.control, LENGTH.size, FILES, socket.MSG_WAITALL)
        if len(head) < LENGTH.size:
            return False
        asked = json.loads(_exactly(self.control, LENGTH.unpack(head)[0]))
        *given, said_on = files
        try:
            # Here and once, so that each fork has it already: it is the desk's own program.
            work = _function(asked["function"])
        except Exception as error:  # noqa: BLE001  whatever it is, whoever called is told
            os.write(said_on, json.dumps({"not_begun": repr(error)}).encode())
            for one in files:
                os.close(one)
            return True
        pid = os.fork()
        if pid == 0:
            self._become(work, asked, given)
        for one in given:
            os.close(one)
        self.jobs[pid] = Job(said_on, time.monotonic() + asked["limits"]["wall_seconds"])
        return True

    def _end_those_over_time(self) -> None:
        for pid, job in self.jobs.items():
            if not job.is_over_time and job.until <= time.monotonic():
                job.is_over_time = True
                os.kill(pid, signal.SIGKILL)

    def _say_who_ended(self) -> None:
        for pid in list(self.jobs):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            job = self.jobs.pop(pid)
            code = os.waitstatus_to_exitcode(status)
            with contextlib.suppress(OSError):  # whoever asked has gone
                os.write(job.said_on, json.dumps({"code": code, "late": job.is_over_time}).encode())
            os.close(job.said_on)

    def _become(self, work: Any, asked: dict[str, Any], given: list[int]) -> None:
        """The fork: nothing open but its own files, then the walls, then the file. It ends here."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            _alone_with(given)
            source, output, result = os.fdopen(3, "rb"), os.fdopen(4, "r+b"), os.fdopen(5, "wb")
            from requests_app.storage.cage.confinement import confine
            from requests_app.storage.cage.limits import Limits

            confine(Limits(**asked["limits"]), layers=self.layers, folders=self.folders)
            said = _outcome(work, source, output, asked["arguments"])
            result.write(json.dumps(said).encode())
            result.close()
            output.close()
            code = 0
        finally:
            os._exit(code)


def _alone_with(given: list[int]) -> None:
    """The given files as 3, 4 and 5; nothing to read from or to print on; all else closed."""
    highest = max(given) + 10
    for number, one in enumerate(given):
        os.dup2(one, highest + number)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    for number in range(len(given)):
        os.dup2(highest + number, 3 + number)
    os.closerange(3 + len(given), os.sysconf("SC_OPEN_MAX"))


def _outcome(work: Any, source: Any, output: Any, arguments: dict[str, Any]) -> dict[str, Any]:
    from requests_app.storage.cage.errors import RefusalError

    try:
        value = work(source, output, **arguments)
        output.flush()
        return {"value": value}
    except RefusalError as refusal:
        return {"refusal": str(refusal), "kind": refusal.kind}
    except MemoryError:
        return {"too_much": "memory"}
    except Exception as error:  # noqa: BLE001  a library's own failures are many: each is told, none is lost
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return {"broken": reason[:LONGEST_REASON].encode("utf-8", "replace").decode()}


def _function(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def _exactly(control: socket.socket, length: int) -> bytes:
    parts = []
    while length and (part := control.recv(length)):
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def as_a_mere_folder(package: str, root: Path) -> None:
    """What a package gathers for the desk in its `__init__` would bring Django and the database."""
    module = types.ModuleType(package)
    module.__path__ = [str(root.joinpath(*package.split(".")))]
    sys.modules[package] = module


def main(root: str, number: str, folders: str, without: str) -> None:
    sys.path.insert(0, root)
    sys.dont_write_bytecode = True
    as_a_mere_folder("requests_app.letters", Path(root))
    from requests_app.storage.cage.confinement import standing

    control = socket.socket(fileno=int(number))
    layers = standing(folders=json.loads(folders), without=json.loads(without))
    greeting = json.dumps(layers).encode()
    control.sendall(LENGTH.pack(len(greeting)) + greeting)
    Keeper(control, layers, json.loads(folders)).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
