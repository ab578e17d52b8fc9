"""A desk to click through, on the Monday that the factories live in."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from requests_app.models import User
from tests.factories import NOW

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _plain_http(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False
    # Where time stands still, its minute never ends.
    settings.API_PER_MINUTE = settings.API_WRITES_PER_MINUTE = 100_000
    settings.API_STRANGERS_PER_MINUTE = 100_000


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def flat(answer: Any) -> str:
    """A page's HTML with its lines joined: where a template breaks them means nothing."""
    return " ".join(answer.content.decode().split())


def signed_in(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client
