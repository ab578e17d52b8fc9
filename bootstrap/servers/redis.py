"""A private Redis: the machine's program or Debian's. It keeps nothing on disk."""

import secrets
import shutil
import socket
from pathlib import Path

from bootstrap.machine import debian
from bootstrap.servers.ports import any_free
from bootstrap.servers.private_server import PrivateServer


def found() -> Path | None:
    here = (shutil.which(name) for name in ("redis-server", "valkey-server"))
    return next((Path(path) for path in here if path), None)


def bring() -> Path | None:
    """The same, with Debian's package installed where the machine has none."""
    return found() or (found() if debian.install(["redis-server"]) is None else None)


def start(binary: Path) -> tuple[PrivateServer, str]:
    """The running server and its REDIS_URL."""
    server = PrivateServer("redis")
    password, port = secrets.token_hex(16), any_free()
    settings = server.file(
        "redis.conf",
        f'port {port}\nbind 127.0.0.1\nrequirepass {password}\nsave ""\nappendonly no\n'
        f"dir {server.folder}\ndaemonize no\n",
    )
    try:
        server.start([binary, settings], is_up=lambda: _answers(port, password))
    except BaseException:
        server.stop()
        raise
    return server, f"redis://:{password}@127.0.0.1:{port}/0"


def _answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            line.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            return b"+OK" in line.recv(64)
    except OSError:
        return False
