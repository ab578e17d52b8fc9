"""Keeps a few programs running together in one foreground command, and stops them together.

Each runs in a session of its own, so Ctrl-C in the terminal reaches only the
supervisor, which then stops them in order: stage by stage, SIGTERM first,
SIGKILL for what is left after ten seconds. What dies by itself is started
again after 1, 2, 4, 8… seconds; what dies five times in a minute is given up,
and everything with it. On Linux the programs also end when the supervisor is
killed outright. One thread and one `select`: no lock, no race with a fork.
"""

import errno
import os
import selectors
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import TextIO

from config.running.program_log import DiskTrouble, ProgramLog
from config.running.supervised import Program, Supervised

STOP_SECONDS = 10.0
TICK_SECONDS = 0.1


class Supervisor:
    """`run()` blocks until told to stop (returns 0) or until a program is given up (returns 1)."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        log_folder: Path,
        env: Mapping[str, str] | None = None,
        is_ready: Callable[[], bool] = lambda: True,
        on_ready: Callable[[], None] = lambda: None,
        ready_seconds: float = 60.0,
        out: TextIO = sys.stdout,
    ) -> None:
        log_folder.mkdir(parents=True, exist_ok=True)
        self.out = out
        self.selector = selectors.DefaultSelector()
        whole_env = dict(env if env is not None else os.environ)
        trouble = DiskTrouble()
        self.children = [
            Supervised(
                program,
                ProgramLog(log_folder / f"{program.name}.log", trouble),
                whole_env,
                self.selector,
            )
            for program in programs
        ]
        self.is_ready, self.on_ready, self.ready_seconds = is_ready, on_ready, ready_seconds
        self.announced = False
        self.stop_requests = 0

    def run(self) -> int:
        previous = {
            signum: signal.signal(signum, self._ask_to_stop)
            for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        started = time.monotonic()
        try:
            for child in self.children:
                if not child.program.waits_for_ready:
                    child.start()
            while not self.stop_requests:
                self._pass_output_on(TICK_SECONDS)
                given_up = self._restart_what_died()
                if given_up:
                    return self._give_up(given_up)
                if not self.announced and self.is_ready():
                    self.announced = True
                    for child in self.children:
                        if child.program.waits_for_ready:
                            child.start()
                    self.on_ready()
                if not self.announced and time.monotonic() - started > self.ready_seconds:
                    return self._give_up_waiting()
            self._say("stopping")
            return 0
        finally:
            self._stop_all()
            for signum, handler in previous.items():
                signal.signal(signum, handler)
            for stream in (self.out, sys.stderr):
                _let_go_of_what_is_unwritten(stream)

    def _ask_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self.stop_requests += 1

    def _pass_output_on(self, seconds: float) -> None:
        """What the programs print goes to their logs; to the terminal once the desk is up."""
        for key, _ in self.selector.select(seconds):
            child: Supervised = key.data
            self._show(child, child.read_lines())

    def _show(self, child: Supervised, lines: Sequence[str]) -> None:
        if self.announced:
            for line in lines:
                self._print(f"{child.program.name:<9}| {line}")

    def _restart_what_died(self) -> Supervised | None:
        """Start again what is due to be; return a program that has died too often."""
        now = time.monotonic()
        for child in self.children:
            code = child.ended()
            if code is not None:
                self._show(child, child.last_words)
                if child.note_death(now):
                    return child
                wait = child.restart_at - now
                self._say(f"{child.program.name} ended with {code}; again in {wait:.0f} s")
            elif child.is_due(now) and (self.announced or not child.program.waits_for_ready):
                child.start()
        return None

    def _give_up(self, child: Supervised) -> int:
        if not self.announced:
            self._show_end_of(child)
        self._say(
            f"GIVEN UP: {child.program.name} ended {child.deaths_in_window} times within a minute."
        )
        self._say(f"Everything is being stopped. Its output is in {child.log.path}")
        return 1

    def _give_up_waiting(self) -> int:
        for child in self.children:
            self._show_end_of(child)
        self._say(f"GIVEN UP: no answer from the web server within {self.ready_seconds:.0f} s.")
        self._say(f"Everything is being stopped. Output is in {self.children[0].log.path.parent}")
        return 1

    def _show_end_of(self, child: Supervised) -> None:
        for line in child.last_lines:
            self._print(f"{child.program.name:<9}| {line}")

    def _stop_all(self) -> None:
        """Stage by stage within STOP_SECONDS in all; a second Ctrl-C ends the waiting."""
        end = time.monotonic() + STOP_SECONDS
        told_to_hurry = 2 if self.stop_requests else 1
        for stage in sorted({child.program.stop_stage for child in self.children}):
            group = [child for child in self.children if child.program.stop_stage == stage]
            for child in group:
                child.signal(signal.SIGTERM)
            while any(child.is_running() for child in group):
                if time.monotonic() > end or self.stop_requests >= told_to_hurry:
                    break
                self._pass_output_on(0.05)
            for child in group:
                if child.is_running():
                    self._say(f"{child.program.name} did not stop in time and was killed")
                if child.kill():
                    self._show(child, child.last_words)
        self.selector.close()

    def _say(self, line: str) -> None:
        self._print(f"desk     | {line}")

    def _print(self, line: str) -> None:
        try:
            print(line, file=self.out, flush=True)
        except BrokenPipeError:
            # Whoever read our output is gone (`up | head`): the logs still have it all.
            self.out = Path(os.devnull).open("w")  # noqa: SIM115
        except OSError as error:
            # Our output may be a file on a disk that is full: the line is lost, the desk is not.
            if error.errno != errno.ENOSPC:
                raise


def _let_go_of_what_is_unwritten(stream: TextIO) -> None:
    """What a full disk did not take, some Pythons keep, try at their end, and exit with 120."""
    try:
        stream.flush()
    except OSError:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())
        stream.flush()
