"""One program under the supervisor: its process, its output, its deaths."""

import contextlib
import ctypes
import os
import selectors
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO

from config.running.program_log import ProgramLog

BACK_OFF_SECONDS = (1.0, 2.0, 4.0, 8.0)
DEATHS_ALLOWED = 5
WINDOW_SECONDS = 60.0
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Program:
    """What to run. Lower stages are stopped first: who makes work before who does it.

    What waits for the first (`waits_for_ready`) leaves it the processor, and so opens sooner.
    `sockets` are open ones of the supervisor's that the program goes on with.
    """

    name: str
    command: tuple[str, ...]
    stop_stage: int = 0
    waits_for_ready: bool = False
    sockets: tuple[int, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)


class Supervised:
    def __init__(
        self,
        program: Program,
        log: ProgramLog,
        env: Mapping[str, str],
        selector: selectors.BaseSelector,
    ) -> None:
        self.program, self.log, self.selector = program, log, selector
        self.pid_file = log.path.with_suffix(".pid")  # for whoever has to look at one of several
        self.env = {**env, **program.env, "PYTHONUNBUFFERED": "1"}
        self.process: subprocess.Popen[bytes] | None = None
        self.last_lines: deque[str] = deque(maxlen=20)
        self.last_words: list[str] = []  # said between the last reading and the end
        self.deaths: deque[float] = deque(maxlen=DEATHS_ALLOWED)
        self.restart_at = 0.0
        self._unfinished = b""

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.program.command,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=self.program.sockets,
            preexec_fn=_end_with_parent(),  # noqa: PLW1509 - the supervisor has one thread
        )
        self._write_pid(self.process.pid)
        os.set_blocking(self._pipe.fileno(), False)
        self.selector.register(self._pipe, selectors.EVENT_READ, self)

    def read_lines(self) -> list[str]:
        """The whole lines that have arrived since the last call; they are in the log as well."""
        chunk = self._chunk()
        return [] if chunk is None else self._take(chunk)

    def ended(self) -> int | None:
        """The exit code, once, when the process has just been found dead."""
        if self.process is None or self.process.poll() is None:
            return None
        code = self.process.returncode
        self._clear_up()
        return code

    def note_death(self, now: float) -> bool:
        """Plan the next start; True when there is to be none, for it has died too often."""
        self.deaths.append(now)
        wait = BACK_OFF_SECONDS[min(self.deaths_in_window, len(BACK_OFF_SECONDS)) - 1]
        self.restart_at = now + wait
        return self.deaths_in_window >= DEATHS_ALLOWED

    @property
    def deaths_in_window(self) -> int:
        return sum(self.deaths[-1] - death < WINDOW_SECONDS for death in self.deaths)

    def is_due(self, now: float) -> bool:
        return self.process is None and now >= self.restart_at

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, signum: int) -> None:
        """To the program itself: it tells its own children (gunicorn its workers)."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signum)

    def kill(self) -> bool:
        """End the process and whatever it left behind in its group; whether there was one."""
        if self.process is None:
            return False
        self._clear_up()
        return True

    def _clear_up(self) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):  # nothing left of the group: as wanted
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        # What it said last. Something that left the group may hold the pipe open: not waited for.
        self.last_words = []
        while chunk := self._chunk():
            self.last_words += self._take(chunk)
        self.last_words += self._take(b"")
        self._pipe.close()
        self.log.close()
        self.pid_file.unlink(missing_ok=True)
        self.process = None

    def _write_pid(self, pid: int) -> None:
        try:
            self.pid_file.write_text(f"{pid}\n")
        except OSError as error:
            self.pid_file.unlink(missing_ok=True)
            self.log.trouble.failed(self.log.path, error)

    def _chunk(self) -> bytes | None:
        """What the pipe holds now: None for nothing yet, empty at its end."""
        try:
            return os.read(self._pipe.fileno(), 65536)
        except BlockingIOError:
            return None

    def _take(self, chunk: bytes) -> list[str]:
        if not chunk:
            if self._pipe.fileno() in self.selector.get_map():
                self.selector.unregister(self._pipe)
            chunk = b"\n" if self._unfinished else b""
        whole, newline, self._unfinished = (self._unfinished + chunk).rpartition(b"\n")
        if not newline:
            return []
        lines = whole.decode(errors="replace").splitlines()
        self.log.write(lines)
        self.last_lines.extend(lines)
        return lines

    @property
    def _pipe(self) -> IO[bytes]:
        if self.process is None or self.process.stdout is None:
            raise RuntimeError(f"{self.program.name} is not running")
        return self.process.stdout


def _end_with_parent() -> Callable[[], None] | None:
    """SIGTERM for the program when the supervisor is gone, however it went (Linux only)."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def ask_for_it() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # gone between the fork and the line above
            os._exit(1)

    return ask_for_it
