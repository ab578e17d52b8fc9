"""What a job in the cage tries to do and must not: tried on this machine, not looked up."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from requests_app.storage.cage.calling import call, walls
from requests_app.storage.cage.confinement import LANDLOCK, SECCOMP, TCP_SINCE
from requests_app.storage.cage.keeper import BUBBLEWRAP, Keeper
from requests_app.storage.cage.limits import Limits

FUNCTION = "requests_app.storage.cage.attempts:try_all"
LIMITS = Limits(cpu_seconds=10, wall_seconds=20)
WORDS = {
    "tcp": "connect to a server (TCP)",
    "udp": "send to a server (UDP)",
    "secret": "read the desk’s secret key and other data",
    "desk": "read the settings of the desk’s own process",
    "command": "start another program",
    "write": "write a file",
}
# Which walls stand before each, and from which version of the wall on.
BEFORE = {
    "tcp": {BUBBLEWRAP: 1, SECCOMP: 1, LANDLOCK: TCP_SINCE},
    "udp": {BUBBLEWRAP: 1, SECCOMP: 1},
    "secret": {BUBBLEWRAP: 1, LANDLOCK: 1},
    "desk": {BUBBLEWRAP: 1, LANDLOCK: 1},
    "command": {SECCOMP: 1, LANDLOCK: 1},
    "write": {BUBBLEWRAP: 1, SECCOMP: 1, LANDLOCK: 1},
}
NAMES = {BUBBLEWRAP: "bubblewrap", SECCOMP: "seccomp", LANDLOCK: "Landlock"}


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt. `walls` are those that stand before it here; `answer` is the system's own."""

    key: str
    is_refused: bool
    walls: tuple[str, ...]
    answer: str

    @property
    def words(self) -> str:
        return WORDS[self.key]


def try_everything(*, within: Keeper | None = None) -> list[Tried]:
    """Each attempt by a job of this process's own cage, and whether it was refused.

    What went to a server counts as refused only if nothing came to it. `keeper.NotStartedError`
    where there is no cage.
    """
    secret = _some_file_of_the_desk()
    stand = within.layers if within else walls()
    with (
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
    ):
        port = tcp.getsockname()[1]
        udp.bind(("127.0.0.1", port))
        answers = call(
            FUNCTION, b"", returns=dict[str, str], limits=LIMITS, within=within, port=port,
            secret=str(secret), folder=str(settings.VAR), desk=os.getpid(),
        ).value  # fmt: skip
        heard = {"tcp": _has_come(tcp), "udp": _has_come(udp)}
    written = Path(settings.VAR) / "written-from-the-cage"
    written.unlink(missing_ok=True)
    return [
        Tried(
            key,
            is_refused=not heard[key] if key in heard else bool(answers[key]),
            walls=tuple(NAMES[w] for w, since in BEFORE[key].items() if stand.get(w, 0) >= since),
            answer=answers[key] or ("Nothing came through." if key in heard else "It was done."),
        )
        for key in WORDS
    ]


def in_a_line(tried: list[Tried]) -> str:
    """For whoever starts the desk."""
    names = dict.fromkeys(wall for one in tried for wall in one.walls)
    held = ", ".join(names) or "no wall of the system’s"
    if open_ways := [one.words for one in tried if not one.is_refused]:
        return f"strangers’ files are opened apart ({held}), but could {'; '.join(open_ways)}"
    return f"strangers’ files are opened in a cage ({held}); each way out was tried and refused"


def _has_come(server: socket.socket) -> bool:
    server.settimeout(0.05)
    try:
        if server.type == socket.SOCK_STREAM:
            server.accept()[0].close()
        else:
            server.recv(100)
    except TimeoutError:
        return False
    return True


def _some_file_of_the_desk() -> Path:
    """The secret key, where it is the desk's own; else whatever lies among its data."""
    key = Path(settings.VAR) / "secret-key"
    if key.is_file():
        return key
    marker = Path(settings.VAR) / "cage-may-not-read-this"
    marker.touch(mode=0o600)
    return marker
