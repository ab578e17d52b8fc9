"""The first visit founds the newsroom; later ones cannot."""

import pytest
from django.test import Client

from requests_app.models import Newsroom, Role, User
from tests.factories import member

pytestmark = pytest.mark.django_db


def _html(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_first_visit_founds_the_newsroom_and_signs_its_admin_in() -> None:
    client = Client()
    assert client.get("/").headers["Location"].startswith("/accounts/login/")
    assert client.get("/accounts/login/").headers["Location"] == "/setup/"

    founded = client.post(
        "/setup/",
        {
            "name": "The Ledger",
            "admin_name": "Ada Admin",
            "admin_email": "Ada@ledger.example",
            "admin_password": "look-around-freely",
        },
    )

    assert founded.headers["Location"] == "/"
    assert User.objects.get().membership.role == Role.ADMIN
    assert "Nothing has been asked yet" in _html(client, "/")


def test_setup_is_closed_once_there_is_a_newsroom() -> None:
    member()

    answer = Client().post("/setup/", {"name": "Another"})

    assert answer.headers["Location"] == "/"
    assert Newsroom.objects.count() == 1
