"""What a job must not be able to do, tried from inside one. `self_test` asks for it."""

import os
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

ALLOWED = ""


def try_all(
    source: IO[bytes], output: IO[bytes], *, port: int, secret: str, folder: str, desk: int
) -> dict[str, str]:
    """For each attempt why it was refused; "" where it was not. `port` is one that is listened on
    on this machine, `secret` a file, `folder` one to write in, `desk` the desk's own process."""
    attempts: dict[str, Callable[[], object]] = {
        "tcp": lambda: _connect(port),
        "udp": lambda: _send(port),
        "secret": lambda: Path(secret).read_bytes(),
        "desk": lambda: Path(f"/proc/{desk}/environ").read_bytes(),
        "command": lambda: subprocess.run(["/bin/sh", "-c", "exit 0"], check=True),
        "write": lambda: (Path(folder) / "written-from-the-cage").write_bytes(b"x"),
        "fork": _fork,
    }
    return {name: _tried(attempt) for name, attempt in attempts.items()}


def modules(source: IO[bytes], output: IO[bytes]) -> list[str]:
    """What is loaded in the cage."""
    import sys

    return sorted(sys.modules)


def environment(source: IO[bytes], output: IO[bytes]) -> dict[str, str]:
    return dict(os.environ)


def sleep(source: IO[bytes], output: IO[bytes], *, seconds: float) -> None:
    time.sleep(seconds)


def compute(source: IO[bytes], output: IO[bytes]) -> None:
    while True:
        pass


def allocate(source: IO[bytes], output: IO[bytes], *, size: int) -> int:
    return len(bytes(size))


def write(source: IO[bytes], output: IO[bytes], *, size: int) -> None:
    while size > 0:
        size -= output.write(b"x" * min(size, 65536))
        output.flush()


def _tried(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except (OSError, subprocess.SubprocessError) as error:
        return f"{type(error).__name__}: {error}"
    return ALLOWED


def _connect(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=2):
        pass


def _send(port: int) -> None:
    """Accepted by a network that is empty as well: whether it came, the other end says."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"from the cage", ("127.0.0.1", port))


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
