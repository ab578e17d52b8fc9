"""ClamAV's daemon, asked about one stream: the INSTREAM command of clamd(8).

No library is kept for these lines: clamd (2014) and pyclamd (2017) have no new releases,
clamav-client is GPL, and clamdpy has no deadline for the whole of a scan.
"""

import socket
import struct
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

PIECE = 64 * 1024
MOST_REPLY = 4096
SCHEMES = ("tcp", "unix")


class Unreachable(Exception):
    """Nobody answers at its address."""


class BrokenOff(Exception):
    """It answered, and then did not, or not in time, or not what clamd says."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`found`: the signature's name, or "" for nothing. `not_taken`: why it does not scan this."""

    found: str = ""
    not_taken: str = ""


def scan(url: str, content: Iterable[bytes], *, seconds: float) -> Verdict:
    """All of it within so many seconds. Raises Unreachable or BrokenOff."""
    until = time.monotonic() + seconds
    with _connected(url, seconds) as line:
        try:
            _send(line, content, until)
            reply = _read_reply(line, until)
        except OSError as error:
            raise BrokenOff(f"The scanner broke off: {error}") from error
    return _verdict(reply)


def _connected(url: str, seconds: float) -> socket.socket:
    parts = urlsplit(url)
    try:
        if parts.scheme == "tcp":
            return socket.create_connection((parts.hostname or "", parts.port or 3310), seconds)
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(seconds)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
    except OSError as error:
        raise Unreachable(f"Nobody answers at {url}: {error}") from error
    return line


def _send(line: socket.socket, content: Iterable[bytes], until: float) -> None:
    """Each piece after its length. Where it hangs up on us, it may have said why: that is read."""
    _allow(line, until)
    line.sendall(b"zINSTREAM\0")
    try:
        for piece in content:
            if piece:
                _allow(line, until)
                line.sendall(struct.pack("!L", len(piece)) + piece)
        _allow(line, until)
        line.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return


def _read_reply(line: socket.socket, until: float) -> str:
    reply = b""
    while b"\0" not in reply and len(reply) < MOST_REPLY:
        _allow(line, until)
        more = line.recv(MOST_REPLY)
        if not more:
            break
        reply += more
    return reply.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _allow(line: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    line.settimeout(left)


def _verdict(reply: str) -> Verdict:
    if reply == "stream: OK":
        return Verdict()
    if reply.startswith("stream: ") and reply.endswith(" FOUND"):
        return Verdict(found=reply[len("stream: ") : -len(" FOUND")].strip()[:150] or "something")
    if "size limit exceeded" in reply:
        return Verdict(not_taken="It is larger than the scanner takes (its StreamMaxLength).")
    raise BrokenOff(f"The scanner said {reply[:200]!r}.")
