"""By which names the desk is called, what its mails link to, and who may set it up."""

import os
import subprocess
import sys
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client

from bootstrap.paths import ROOT
from config.embedded import setup_code
from requests_app.models import Newsroom, User
from tests.accounts.people import owner
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
FOUNDING = {
    "name": "The Ledger",
    "admin_name": "Ada Admin",
    "admin_email": "ada@ledger.example",
    "admin_password": "look-around-freely",
}
AFAR = "203.0.113.9"


@pytest.fixture
def deployed(settings: Any) -> None:
    settings.BASE_URL, settings.BASE_URL_IS_LOOPBACK = "https://desk.example.org", False
    settings.ALLOWED_HOSTS = ["desk.example.org"]


@pytest.mark.usefixtures("deployed")
@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("desk.example.org", 200),
        ("desk.example.org:443", 200),
        ("desk.example.org:9999", 400),
        ("desk.example.org:x", 400),
        ("localhost", 400),
        ("127.0.0.1", 400),
        ("elsewhere.example", 400),
    ],
)
def test_a_deployed_desk_answers_to_its_own_name_alone(host: str, status: int) -> None:
    owner()

    assert Client().get("/accounts/login/", headers={"Host": host}).status_code == status


def test_a_desk_of_this_machine_answers_to_this_machines_names_at_its_port(settings: Any) -> None:
    settings.BASE_URL = "http://localhost:8000"
    owner()

    found = {
        host: Client().get("/accounts/login/", headers={"Host": host}).status_code
        for host in ("localhost:8000", "127.0.0.1:8000", "localhost:6666", "localhost")
    }

    assert found == {
        "localhost:8000": 200, "127.0.0.1:8000": 200, "localhost:6666": 400, "localhost": 400,
    }  # fmt: skip


@pytest.mark.usefixtures("deployed")
def test_whether_it_is_well_is_asked_on_its_own_machine_by_that_machines_name() -> None:
    assert Client().get("/health/", headers={"Host": "localhost"}).status_code == 200
    from_afar = Client(REMOTE_ADDR=AFAR).get("/health/", headers={"Host": "localhost"})
    assert from_afar.status_code == 400


def test_names_follow_from_base_url() -> None:
    env = {**os.environ, "BASE_URL": "https://desk.example.org", "SECRET_KEY": "x"}
    asked = "from config import settings as s; print(s.ALLOWED_HOSTS)"

    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "['desk.example.org']"


def test_links_in_mail_are_made_of_base_url_whatever_the_host_says(settings: Any) -> None:
    settings.BASE_URL = "https://desk.example.org"
    user = owner()

    Client().post("/accounts/password/reset/", {"email": user.email}, headers={"Host": "localhost"})

    [message] = mail.outbox
    assert "https://desk.example.org/accounts/password/reset/key/" in str(message.body)
    assert "localhost" not in str(message.body)


def test_an_address_without_an_account_is_sent_no_mail() -> None:
    Client().post("/accounts/password/reset/", {"email": "nobody@elsewhere.example"})

    assert mail.outbox == []


@pytest.mark.usefixtures("deployed")
@pytest.mark.parametrize("code", ["", "a guess", "é"])
def test_who_does_not_know_the_code_sets_up_nothing(code: str) -> None:
    browser = Client(headers={"Host": "desk.example.org"})

    answer = browser.post("/setup/", {**FOUNDING, "code": code})

    assert answer.status_code == 422
    assert not Newsroom.objects.exists()
    assert not User.objects.exists()


@pytest.mark.usefixtures("deployed")
def test_who_knows_the_code_sets_the_desk_up(settings: Any, tmp_path: Any, capsys: Any) -> None:
    settings.VAR = tmp_path
    call_command("setup_code")
    code = capsys.readouterr().out.strip()
    browser = Client(headers={"Host": "desk.example.org"})

    assert "Setup code" in flat(browser.get("/setup/"))
    browser.post("/setup/", {**FOUNDING, "code": code})

    assert Newsroom.objects.get().name == "The Ledger"
    assert code == setup_code(tmp_path)
    assert (tmp_path / "setup-code").stat().st_mode & 0o077 == 0


def test_a_stranger_who_calls_a_desk_of_this_machine_is_asked_for_the_code() -> None:
    browser = Client(REMOTE_ADDR=AFAR)

    assert browser.post("/setup/", FOUNDING).status_code == 422
    assert not Newsroom.objects.exists()


def test_a_broken_database_is_told_to_this_machine_and_to_no_stranger() -> None:
    broken = DatabaseError("connection to 10.0.0.5, port 5432 failed")

    def heard(browser: Client) -> tuple[int, str]:
        with patch.object(connection, "cursor", side_effect=broken):
            answer = browser.get("/health/")
        return answer.status_code, answer.content.decode()

    assert heard(Client(REMOTE_ADDR=AFAR)) == (503, "not ok")
    assert heard(Client(headers={"X-Forwarded-For": "203.0.113.9"})) == (503, "not ok")
    assert "10.0.0.5" in heard(Client())[1]
    assert signed_in(owner()).get("/health/").content == b"ok"
