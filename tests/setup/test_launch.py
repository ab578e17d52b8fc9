import os
import socket
from collections.abc import Iterator

import pytest

from bootstrap import launch
from bootstrap.paths import ROOT
from bootstrap.servers import ports
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

    with launch.open_web_socket(None, "127.0.0.1") as web:
        port = ports.port_of(web)

    assert port > taken_port
    assert capsys.readouterr().out == f"  port {taken_port} is taken; using {port}\n"


def test_port_asked_for_and_taken_is_refused(taken_port: int) -> None:
    with pytest.raises(StepFailed) as refusal:
        launch.open_web_socket(taken_port, "127.0.0.1")

    assert f"port {taken_port}" in refusal.value.why
    assert "--port" in refusal.value.do


def test_environment_names_an_address_of_this_machine() -> None:
    env = launch.environment(host="127.0.0.1", port=8123, demo=False)

    assert env["BASE_URL"] == "http://localhost:8123"
    assert env["VAR_DIR"] == str(ROOT / "var")


def test_environment_keeps_the_address_that_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASE_URL", "https://desk.example.org")

    env = launch.environment(host="127.0.0.1", port=8123, demo=False)

    assert env["BASE_URL"] == "https://desk.example.org"


def test_no_practice_mail_beside_a_real_mail_server() -> None:
    env = {"EMAIL_URL": "smtp://mail.example.org:587"}

    assert launch.open_mail_socket(env) is None
    assert env == {"EMAIL_URL": "smtp://mail.example.org:587"}


def test_practice_mail_port_that_was_set_is_left_to_the_desk() -> None:
    env = {"PRACTICE_MAIL_PORT": "2525"}

    assert launch.open_mail_socket(env) is None
    assert env == {"PRACTICE_MAIL_PORT": "2525"}


def test_ports_picked_are_held_until_the_desk_is_handed_them() -> None:
    env: dict[str, str] = {}
    with launch.open_web_socket(None, "127.0.0.1") as web:
        mail = launch.open_mail_socket(env)
        assert mail is not None
        with mail:
            for port in (ports.port_of(web), int(env["PRACTICE_MAIL_PORT"])):
                with pytest.raises(OSError, match="Address already in use"):
                    ports.listen(port)


def test_desk_is_handed_sockets_that_stay_open_when_nothing_here_names_them() -> None:
    web, mail = ports.listen(0), ports.listen(0)
    picked = [ports.port_of(web), ports.port_of(mail)]

    words = launch.command(host="127.0.0.1", web=web, mail=mail, demo=True)
    del web, mail

    numbers = [int(words[words.index(name) + 1]) for name in ("--web-socket", "--mail-socket")]
    with socket.socket(fileno=numbers[0]) as web, socket.socket(fileno=numbers[1]) as mail:
        assert [ports.port_of(web), ports.port_of(mail)] == picked
        assert [os.get_inheritable(number) for number in numbers] == [True, True]
    assert words[words.index("--port") + 1] == str(picked[0])
    assert words[-1] == "--demo"


def test_demo_never_reaches_real_systems(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in launch.REAL_SYSTEMS:
        monkeypatch.setenv(name, "real://one")

    env = launch.environment(host="127.0.0.1", port=8123, demo=True)

    assert not set(launch.REAL_SYSTEMS) & set(env)
    assert env["VAR_DIR"] == str(ROOT / "var" / "demo")
    assert "DATABASE_URL, REDIS_URL, EMAIL_URL left alone" in capsys.readouterr().out
