"""`run.py test ONE_FILE` runs it with what the machine has, and changes the machine on request."""

from pathlib import Path

import pytest

from bootstrap import chosen_tests, commands, gates, launch
from bootstrap.machine import chromium, debian, libraries, tools, venv
from bootstrap.servers import environments, postgresql, redis
from bootstrap.terminal import StepFailed


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The words given to Python, on a machine that has everything and installs nothing."""
    calls: list[tuple[str, ...]] = []

    def run_python(words: tuple[str, ...], env: dict[str, str]) -> int:
        calls.append(words)
        return 0

    monkeypatch.setattr(venv, "bring", lambda dev: None)
    monkeypatch.setattr(libraries, "missing", lambda: ([], []))
    monkeypatch.setattr(tools, "missing", list)
    monkeypatch.setattr(chromium, "found", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(redis, "found", lambda: Path("/usr/bin/redis-server"))
    monkeypatch.setattr(debian, "install", lambda packages: pytest.fail(f"installs {packages}"))
    monkeypatch.setattr(environments, "_started", lambda *rest: pytest.fail("starts a server"))
    monkeypatch.setattr(chosen_tests, "run_python", run_python)
    return calls


def test_chosen_tests_run_alone(
    ran: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["test", "tests/models/test_states.py", "-x"]) == 0

    assert ran == [("-m", "pytest", "tests/models/test_states.py", "-x")]
    assert capsys.readouterr().out == ""


def test_chosen_tests_install_nothing_and_say_what_is_left_out(
    ran: list[tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(tools, "missing", lambda: ["dovecot"])
    monkeypatch.setattr(chromium, "found", lambda: None)
    monkeypatch.setattr(redis, "found", lambda: None)

    commands.main(["test", "tests/inbound", "-m", "tools"])

    # pytest goes by the last -m: who asks for tests by marker gets them.
    left_out = ("-m", "not tools and not browser")
    assert ran == [("-m", "pytest", *left_out, "tests/inbound", "-m", "tools")]
    said = capsys.readouterr().out
    assert "dovecot, Chromium, Redis" in said
    assert "run.py test --with-servers" in said


def test_chosen_tests_with_servers_bring_them(
    ran: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    brought: list[str] = []

    def started(stack: object, start: object, what: str) -> tuple[str, None]:
        brought.append(what.partition(" ")[0])
        return "redis://127.0.0.1:1/0", None

    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setattr(environments, "_started", started)
    monkeypatch.setattr(postgresql, "bring", lambda: Path("/usr/lib/postgresql/17/bin"))

    commands.main(["test", "--with-servers", "tests/stack"])

    assert brought == ["PostgreSQL", "Redis"]
    assert ran == [("-m", "pytest", "tests/stack")]


def test_a_person_without_leave_to_install_hears_it_before_anything_is_downloaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setattr(libraries, "missing", lambda: (["libpango-1.0-0"], []))
    monkeypatch.setattr(debian, "apt_prefix", lambda: None)
    monkeypatch.setattr(debian.shutil, "which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(venv, "ready", lambda lock: False)
    monkeypatch.setattr(venv, "_installer", lambda: pytest.fail("downloads"))

    refusals = []
    for start in (
        lambda: launch.run(host="127.0.0.1", port=None, demo=False),
        gates.run,
        lambda: chosen_tests.run(["tests/models/test_states.py"]),
        lambda: commands.COMMANDS["manage"](["check"]),
    ):
        with pytest.raises(StepFailed) as failure:
            start()
        refusals.append(failure.value.do)

    install = "apt-get install --no-install-recommends libpango-1.0-0"
    assert refusals == [f"as root: apt-get update && {install}, then run this again"] * 4


def test_up_on_a_folder_it_may_not_write_says_so_before_anything_is_downloaded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VAR_DIR", "/proc/self")
    monkeypatch.setattr(venv, "_installer", lambda: pytest.fail("downloads"))
    monkeypatch.setattr(debian, "install", lambda packages: pytest.fail("installs"))

    assert commands.main(["up"]) == 1

    assert "Why: /proc/self cannot be written" in capsys.readouterr().err
