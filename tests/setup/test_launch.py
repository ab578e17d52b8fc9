import socket
from collections.abc import Iterator

import pytest

from bootstrap import launch
from bootstrap.paths import ROOT
from bootstrap.terminal import StepFailed


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BASE_URL", "VAR_DIR", "PRACTICE_MAIL_PORT", *launch.REAL_SYSTEMS):
        monkeypatch.delenv(name, raising=False)


def test_port_taken_by_another_is_passed_over_and_said(
    taken_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launch, "FIRST_PORT", taken_port)

    port = launch._port(None, "127.0.0.1")

    assert port > taken_port
    assert f"port {taken_port} is taken; using {port}" in capsys.readouterr().out


def test_port_asked_for_and_taken_is_refused(taken_port: int) -> None:
    with pytest.raises(StepFailed) as refusal:
        launch._port(taken_port, "127.0.0.1")

    assert f"port {taken_port}" in refusal.value.why
    assert "--port" in refusal.value.do


def test_environment_names_an_address_of_this_machine() -> None:
    env = launch.environment(host="127.0.0.1", port=8123, demo=False)

    assert env["BASE_URL"] == "http://localhost:8123"
    assert env["VAR_DIR"] == str(ROOT / "var")
    assert env["PRACTICE_MAIL_PORT"].isdigit()


def test_environment_keeps_the_address_that_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASE_URL", "https://desk.example.org")

    env = launch.environment(host="127.0.0.1", port=8123, demo=False)

    assert env["BASE_URL"] == "https://desk.example.org"


def test_environment_starts_no_practice_mail_beside_a_real_mail_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtp://mail.example.org:587")

    env = launch.environment(host="127.0.0.1", port=8123, demo=False)

    assert "PRACTICE_MAIL_PORT" not in env


def test_demo_never_reaches_real_systems(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in launch.REAL_SYSTEMS:
        monkeypatch.setenv(name, "real://one")

    env = launch.environment(host="127.0.0.1", port=8123, demo=True)

    assert not set(launch.REAL_SYSTEMS) & set(env)
    assert env["VAR_DIR"] == str(ROOT / "var" / "demo")
    assert "DATABASE_URL, REDIS_URL, EMAIL_URL left alone" in capsys.readouterr().out
