"""A desk on https, called without."""

import pytest
from django.test import Client

from tests.api.callers import token_of
from tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_https(settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True


def test_call_in_the_clear_is_refused_and_not_led_on() -> None:
    client = Client(headers={"Authorization": f"Bearer {token_of(member())}"})

    refused = client.get("/api/requests/")
    taken = client.get("/api/requests/", secure=True)

    assert (refused.status_code, taken.status_code) == (401, 200)
    assert "call https:// instead, end this token" in refused.json()["detail"]


def test_person_is_led_on_and_their_browser_remembers() -> None:
    led_on = Client().get("/requests/")
    arrived = Client().get("/accounts/login/", secure=True)

    assert led_on.headers["Location"] == "https://testserver/requests/"
    remembered = arrived.headers["Strict-Transport-Security"]
    assert remembered == "max-age=31536000; includeSubDomains; preload"
