"""Servers for the tests that need more than the desk's own database."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from bootstrap.servers import postgresql, redis
from tests.emptying import let_flush_empty_everything


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    let_flush_empty_everything(connection)


@pytest.fixture(autouse=True)
def files_of_their_own(settings: Settings, tmp_path: Path) -> None:
    """Kept apart; static ones without a manifest that would have to be collected first."""
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "files", tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL to make databases on: run.py's private one, else one of this session's own."""
    with ExitStack() as stack:
        url = os.environ.get("POSTGRES_URL")
        if not url:
            binaries = postgresql.found()
            if binaries is None:
                pytest.fail("no PostgreSQL here: `python3 run.py test --with-servers …` brings it")
            server, url = postgresql.start(binaries)
            stack.callback(server.stop)
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis to use: run.py's private one, else one of this session's own."""
    with ExitStack() as stack:
        url = os.environ.get("REDIS_TEST_URL")
        if not url:
            binary = redis.found()
            if binary is None:
                pytest.fail("no Redis here: `python3 run.py test --with-servers …` brings it")
            server, url = redis.start(binary)
            stack.callback(server.stop)
        yield url
