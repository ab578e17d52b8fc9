import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from bootstrap.paths import ROOT
from bootstrap.servers import postgresql, redis
from bootstrap.terminal import StepFailed

# `run.py test` that waits where pytest would run.
RUN_THAT_WAITS = """
import signal, subprocess, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
from bootstrap import chosen_tests, commands
from bootstrap.machine import libraries, venv
venv.bring = libraries.bring = lambda **_: None
WAIT = "import signal; print('waiting', flush=True); signal.pause()"
chosen_tests.run_python = lambda words, env: subprocess.run([sys.executable, "-c", WAIT]).returncode
sys.exit(commands.main(["test", "--with-servers", "anything"]))
"""


@pytest.mark.stack
def test_postgresql_from_the_wheel_serves_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The way for machines without PostgreSQL and without leave to install it, root or not."""
    monkeypatch.setattr(postgresql, "_installed", lambda: None)
    monkeypatch.setattr(postgresql, "_from_debian", lambda: False)
    binaries = postgresql.bring()
    assert binaries is not None

    server, url = postgresql.start(binaries)
    try:
        with psycopg.connect(url) as connection:
            version = connection.execute("SELECT version()").fetchone()
        secret = server.folder / "password"
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    finally:
        server.stop()

    assert version is not None
    assert version[0].startswith("PostgreSQL")
    assert not server.folder.exists()


@pytest.mark.stack
def test_private_postgresql_refuses_who_has_no_password() -> None:
    binaries = postgresql.found()
    assert binaries is not None
    server, url = postgresql.start(binaries)
    address = url.partition("@")[2]
    try:
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"postgres://desk@{address}", passfile="/dev/null")
    finally:
        server.stop()


@pytest.mark.stack
def test_server_that_does_not_start_shows_its_last_lines(tmp_path: Path) -> None:
    broken = tmp_path / "redis-server"
    broken.write_text("#!/bin/sh\necho 'Fatal: no memory'\nexit 1\n")
    broken.chmod(0o755)

    with pytest.raises(StepFailed) as failure:
        redis.start(broken)

    assert failure.value.tail == ("Fatal: no memory",)
    assert "REDIS_URL" in failure.value.do


@pytest.mark.stack
@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_run_told_to_end_stops_its_servers_and_leaves_no_folder(
    signum: int, tmp_path: Path
) -> None:
    given = {"DATABASE_URL", "REDIS_URL"}
    without_servers = {name: value for name, value in os.environ.items() if name not in given}
    process = subprocess.Popen(
        [sys.executable, "-c", RUN_THAT_WAITS],
        cwd=ROOT,
        env={**without_servers, "TMPDIR": str(tmp_path), "CHROMIUM": "/no/such/browser"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout
        for line in process.stdout:
            if line == "waiting\n":
                break
        # Not PostgreSQL's: as root it runs as another user, who may not enter this TMPDIR.
        assert any(tmp_path.glob("records-desk-redis-*"))

        os.killpg(process.pid, signum)

        assert process.wait(20) == 130
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    assert list(tmp_path.iterdir()) == []
