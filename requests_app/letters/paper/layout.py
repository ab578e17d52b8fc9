"""Pages laid out where that can be ended: `layout_program`, a process beside each of the desk's.

Some texts take the engine time by the square of their length, or worse. In the desk's own process
nothing could stop it, and everybody would wait; a process of its own ends at its time.
"""

import atexit
import base64
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from requests_app.letters.paper.layout_program import LENGTH, read_part

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(__file__).with_name("layout_program.py")
CPU_SECONDS = 10.0  # a letter of sixty pages takes one to two
WALL_SECONDS = 60.0  # on a machine that is busy with other things
MOST_IDLE = 2
MOST_PAGES = 1000  # then another process takes its place: the engine's caches only grow
# What finds the fonts and the engine's libraries; nothing of the desk's own.
PASSED_ON = (
    "PATH", "HOME", "LANG", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS",
    "FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT", "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH",
)  # fmt: skip


class LayoutError(Exception):
    """There is no PDF; `reason` is the engine's own word, or its error's name with the `trace`."""

    def __init__(self, reason: str, trace: str = "") -> None:
        super().__init__(reason)
        self.reason, self.trace = reason, trace


class NoEngineError(LayoutError):
    """The engine's libraries are not on this machine."""


class NotAllowedError(LayoutError):
    """The page asked for something from outside itself."""


class NoGlyphError(LayoutError):
    """No installed font has these characters."""


class TooLongError(LayoutError):
    """It was ended at its limit of computing, or of waiting."""


ERRORS = {"no_engine": NoEngineError, "not_allowed": NotAllowedError, "no_glyph": NoGlyphError}


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    pages: int = 0

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()


_idle: list[_Child] = []
_lock = threading.Lock()


def lay_out(page: str, *, closer: str = "", pictures: Iterable[bytes] = ()) -> bytes:
    """A page's HTML as PDF/UA-1. LayoutError.

    `closer` is the same set a little closer: it is taken where the page runs over one sheet, and
    it does not.
    """
    job = {
        "page": page,
        "closer": closer,
        "pictures": [base64.b64encode(one).decode("ascii") for one in pictures],
        "seconds": CPU_SECONDS,
    }
    child = _taken()
    try:
        said, pdf = _asked(child, json.dumps(job).encode())
    except BaseException:
        child.stop()
        raise
    _give_back(child)
    if failed := said.get("failed"):
        error = ERRORS.get(failed, LayoutError)
        raise error(said["reason"], said.get("trace", ""))
    return pdf


def _asked(child: _Child, job: bytes) -> tuple[dict[str, str], bytes]:
    child.pages += 1
    is_late = threading.Event()

    def end() -> None:
        is_late.set()
        child.process.kill()

    alarm = threading.Timer(WALL_SECONDS, end)
    alarm.daemon = True
    alarm.start()
    try:
        asked, answers = child.process.stdin, child.process.stdout
        assert asked
        assert answers
        asked.write(LENGTH.pack(len(job)) + job)
        asked.flush()
        said: dict[str, str] = json.loads(read_part(answers))
        return said, read_part(answers)
    except (EOFError, BrokenPipeError) as error:
        code = child.process.wait()
        if is_late.is_set() or code == -signal.SIGPROF:
            raise TooLongError("time") from error
        raise LayoutError(f"ended with {code}") from error
    finally:
        alarm.cancel()


def _taken() -> _Child:
    """One that waits, else another: whoever wants a letter waits for nobody else's."""
    with _lock:
        while _idle:
            child = _idle.pop()
            if child.process.poll() is None:
                return child
            child.stop()
    process = subprocess.Popen(
        [sys.executable, "-I", "-B", str(PROGRAM), str(ROOT)],
        cwd="/",
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C on the desk lets a letter come to its end
    )
    return _Child(process)


def _give_back(child: _Child) -> None:
    with _lock:
        if len(_idle) < MOST_IDLE and child.pages < MOST_PAGES:
            _idle.append(child)
            return
    child.stop()


def _forget() -> None:
    """After a fork: the processes are the parent's, and so is the lock."""
    global _lock
    _lock = threading.Lock()
    for child in _idle:
        for pipe in (child.process.stdin, child.process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        child.process.returncode = 0  # not ours to wait for
    _idle.clear()


def _stop() -> None:
    while _idle:
        _idle.pop().stop()


os.register_at_fork(after_in_child=_forget)
atexit.register(_stop)
