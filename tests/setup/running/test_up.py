"""`manage.py up` whole: every program of the embedded desk, started and stopped as one."""

import contextlib
import os
import signal
import smtplib
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bootstrap.paths import ROOT
from bootstrap.servers.ports import any_free, listen
from tests.desk import until


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A desk with nothing set but its own folder and address."""
    port = any_free()
    var = tmp_path / "var"
    (var / "files").mkdir(parents=True)
    (var / "files" / "of-an-older-desk.pdf").write_bytes(b"%PDF-1.7")
    (var / "files" / "of-an-older-desk.pdf").chmod(0o644)
    (var / "files").chmod(0o775)
    var.chmod(0o755)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "VAR_DIR": str(var),
        "BASE_URL": f"http://localhost:{port}",
        "PRACTICE_MAIL_PORT": str(any_free()),
        "LOG_LEVEL": "INFO",
    }


@pytest.fixture
def desk(env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        up_command(env),
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.wait(20)
    assert process.stdout
    process.stdout.close()


def up_command(env: dict[str, str]) -> list[str]:
    port = env["BASE_URL"].rpartition(":")[2]
    return [sys.executable, "manage.py", "up", "--port", port]


def lines_until(process: subprocess.Popen[str], words: str) -> list[str]:
    assert process.stdout
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if words in line:
            return lines
    pytest.fail(f"never said {words!r}: {lines}")


def open_to_others(folder: Path) -> list[tuple[str, str]]:
    """What another account of the machine may read, write or enter, with its mode."""
    modes = {}
    for path in (folder, *folder.rglob("*")):
        with contextlib.suppress(FileNotFoundError):  # SQLite's journals come and go
            modes[path] = path.lstat().st_mode
    return [(path.name, oct(mode)) for path, mode in modes.items() if mode & 0o077]


@pytest.mark.stack
def test_up_opens_restarts_what_dies_and_stops_on_ctrl_c(
    desk: subprocess.Popen[str], env: dict[str, str]
) -> None:
    opening = lines_until(desk, "city packs:")  # preparing, and nothing is started yet
    for port in (env["BASE_URL"].rpartition(":")[2], env["PRACTICE_MAIL_PORT"]):
        with pytest.raises(OSError, match="Address already in use"):
            listen(int(port))
    opening += lines_until(desk, "Records Desk is open at")
    assert f"{env['BASE_URL']}/" in opening[-1]
    assert any("practice mail: nothing leaves this machine" in line for line in opening)
    with urllib.request.urlopen(f"{env['BASE_URL']}/health/", timeout=10) as answer:
        assert answer.status == 200

    second = subprocess.run(
        up_command(env), cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert f"already running with this data, at {env['BASE_URL']}" in second.stderr

    os.kill(int(Path(env["VAR_DIR"], "log", "beat.pid").read_text()), signal.SIGKILL)
    assert "beat ended with -9" in lines_until(desk, "beat ended")[-1]

    desk.send_signal(signal.SIGINT)
    assert "stopping" in lines_until(desk, "stopping")[-1]
    assert desk.wait(20) == 0


@pytest.mark.stack
def test_up_keeps_its_data_for_its_own_account_also_what_lay_open_before(
    desk: subprocess.Popen[str], env: dict[str, str]
) -> None:
    lines_until(desk, "Records Desk is open at")
    with smtplib.SMTP("127.0.0.1", int(env["PRACTICE_MAIL_PORT"]), timeout=30) as mail:
        mail.sendmail("desk@newsroom.example", ["clerk@city.example"], b"Subject: Logs\r\n\r\n.")
    var = Path(env["VAR_DIR"])
    kept = ("desk.sqlite3", "broker.sqlite3", "secret-key", "log/web.log", "mailbox/new", "static")
    until(lambda: all((var / name).exists() for name in kept), what="every program's first file")

    assert open_to_others(var) == []


@pytest.mark.stack
def test_up_with_a_database_it_cannot_write_says_which_step_why_and_what_to_do(
    env: dict[str, str],
) -> None:
    env["DATABASE_URL"] = "sqlite:////proc/no/such/folder/desk.sqlite3"

    done = subprocess.run(
        up_command(env), cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "database failed" in done.stderr
    assert "Why: unable to open database file" in done.stderr
    assert "Do: check DATABASE_URL" in done.stderr


@pytest.mark.parametrize("extra", [{}, {"SECRET_KEY": "given"}])
@pytest.mark.stack
def test_up_that_may_not_write_its_folder_says_so_in_a_sentence(
    env: dict[str, str], extra: dict[str, str]
) -> None:
    env |= {"VAR_DIR": "/proc/self", **extra}  # there even root cannot write

    done = subprocess.run(
        up_command(env), cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "/proc/self" in done.stderr
    assert "set VAR_DIR to a folder that is" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.stack
def test_up_whose_mail_port_is_taken_says_so_before_it_sets_up(env: dict[str, str]) -> None:
    with listen(int(env["PRACTICE_MAIL_PORT"])):
        done = subprocess.run(
            up_command(env), cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )

    assert done.returncode == 1
    assert done.stdout == ""
    assert f"practice mail: port {env['PRACTICE_MAIL_PORT']} on 127.0.0.1 is taken" in done.stderr
    assert "PRACTICE_MAIL_PORT" in done.stderr.partition("Do:")[2]
