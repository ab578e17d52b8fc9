"""A desk to click through, on the Monday that the factories live in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from requests_app.models import User
from tests.factories import NOW

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _plain_http(settings: Any, tmp_path: Path) -> None:
    """Static files without a manifest to collect first, files kept apart, no redirect to https."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "files", tmp_path
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client
