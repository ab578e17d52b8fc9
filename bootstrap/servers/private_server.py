"""One server program, private to this run: own folder, own user where needed, gone afterwards."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bootstrap.shell import last_lines
from bootstrap.terminal import StepFailed

PR_SET_PDEATHSIG = 1
START_SECONDS = 30


class PrivateServer:
    """A folder under the temporary directory, and the process that works in it.

    PostgreSQL refuses to run as root, so root hands the folder to another user
    and starts the program as that one.
    """

    def __init__(self, name: str, *, user: str | None = None, stop: int = signal.SIGTERM) -> None:
        self.name, self.user, self.stop_signal = name, user, stop
        self.folder = Path(tempfile.mkdtemp(prefix=f"records-desk-{name}-"))
        self.process: subprocess.Popen[bytes] | None = None
        self.hand_over(self.folder)

    def hand_over(self, *paths: Path) -> None:
        """Make the server's user their owner, where the server has one of its own."""
        if self.user:
            account = pwd.getpwnam(self.user)
            for path in paths:
                os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)

    def file(self, name: str, content: str) -> Path:
        """A file that only the server's user reads: passwords go in files, not in `ps`."""
        path = self.folder / name
        path.touch(mode=0o600)
        path.write_text(content)
        self.hand_over(path)
        return path

    def run(self, command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> None:
        """One preparatory program to its end, such as initdb."""
        done = subprocess.run(
            [str(word) for word in command],
            cwd=self.folder,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            user=self.user,
            group=pwd.getpwnam(self.user).pw_gid if self.user else None,
            extra_groups=[] if self.user else None,
        )
        if done.returncode != 0:
            raise self._failed(done.stdout)

    def start(self, command: Sequence[str | Path], *, is_up: Callable[[], bool]) -> None:
        log = self.folder / "server.log"
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [str(word) for word in command],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C goes to run.py, which stops its servers in order.
                start_new_session=True,
                preexec_fn=_die_with_parent(self.stop_signal),  # noqa: PLW1509 - one thread
                user=self.user,
                group=pwd.getpwnam(self.user).pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
            )
        end = time.monotonic() + START_SECONDS
        while not is_up():
            if self.process.poll() is not None or time.monotonic() > end:
                raise self._failed(log.read_text(errors="replace"))
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _failed(self, output: str) -> StepFailed:
        return StepFailed(
            f"private {self.name}",
            "it did not start",
            do="read its last lines above, or point DATABASE_URL and REDIS_URL to servers you have",
            tail=last_lines(output),
        )


def _die_with_parent(signum: int) -> Callable[[], None] | None:
    """Even a killed run.py leaves no server behind, where the system can promise it (Linux)."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, signum)
