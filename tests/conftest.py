"""What all tests share: a migrated database to copy, letters drawn once, servers where needed."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.fixtures import Settings

from bootstrap.servers import postgresql, redis
from tests import migrated
from tests.cached_pdfs import Memory
from tests.emptying import let_flush_empty_everything

OPEN_DATABASE = {"db", "transactional_db", "live_server"}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}
# What they test is the drawing itself.
DRAW_EACH_TIME = {"letters", "casefile", "benchmarks"}
MADE_FOLDER = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    # A folder that is named, left and named again is collected twice, and pytest knows the fixtures
    # of its conftest the first time alone.
    config.args.sort()
    config.stash[MADE_FOLDER] = migrated.open_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    if config.stash.get(MADE_FOLDER, False):
        migrated.close_folder()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what a second database can change: what touches one, here or in a desk of its own."""
    for item in items:
        fixtures = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        if fixtures or item.get_closest_marker("django_db") or item.get_closest_marker("stack"):
            item.add_marker(pytest.mark.database)
        chosen = item.get_closest_marker("second_pass")
        if chosen and isinstance(item, pytest.Function):
            given = item.callspec.params
            if any(given[name] != value for name, value in chosen.kwargs.items()):
                item.add_marker(pytest.mark.first_pass)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file is no name: made anew, its bytes are others in each process of a run."""
    return argname if isinstance(val, bytes) and len(val) > 40 else None


@pytest.fixture(autouse=True)
def _own_cache(settings: Settings, tmp_path: Path) -> None:
    """Nothing that another test counted: Redis is shared by the processes of a run, and where time
    stands still no limit of calls in a minute ever ends."""
    own = {"KEY_PREFIX": uuid4().hex}
    if "LOCATION" in settings.CACHES["default"] and not settings.REDIS_URL:
        own["LOCATION"] = str(tmp_path / "cache")
    settings.CACHES = {name: kind | own for name, kind in settings.CACHES.items()}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Whatever a test of the desk did, what the board would say is what follows from it."""
    yield
    names = set(getattr(item, "fixturenames", ()))
    uses_database = OPEN_DATABASE & names or item.get_closest_marker("django_db")
    if uses_database and not connection.needs_rollback and "tampered" not in item.keywords:
        from tests.headlines_hold import check_headlines

        check_headlines()


# How long an example takes depends on what else the machine does, and no test may fail by that.
hypothesis_settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Several processes copy one migrated database; a single one applies the migrations itself."""
    with ExitStack() as stack:
        if "PYTEST_XDIST_WORKER" in os.environ:
            if connection.vendor == "postgresql":
                template = migrated.postgresql_template(os.environ["DATABASE_URL"])
                connection.settings_dict["TEST"]["TEMPLATE"] = template
            else:
                in_memory = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
                stack.enter_context(closing(migrated.fill_memory(in_memory)))
        yield


class SameSecrets:
    """The letters of ids, drawn from the same row of chances in every test."""

    def __init__(self) -> None:
        self.choice = Random(1).choice


@pytest.fixture(scope="session")
def drawn() -> Memory:
    from requests_app.letters.paper import layout, pdf_engine

    return Memory(pdf_engine.lay_out, pdf_engine.write, layout.lay_out)


@pytest.fixture(autouse=True)
def same_page_is_drawn_once(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And people's names and requests' ids are those of every test, so that the pages are too."""
    room = request.path.relative_to(Path(__file__).parent).parts[0]
    if room not in DRAW_EACH_TIME and request.node.get_closest_marker("database"):
        from requests_app.letters.paper import layout, pdf_engine
        from requests_app.models.requests import records_request
        from tests import factories

        monkeypatch.setattr(records_request, "secrets", SameSecrets())
        for made in (factories.NewsroomFactory, factories.UserFactory):
            made.reset_sequence(0)
        drawn: Memory = request.getfixturevalue("drawn")
        monkeypatch.setattr(pdf_engine, "lay_out", drawn.remembered)
        monkeypatch.setattr(pdf_engine, "write", drawn.written)
        monkeypatch.setattr(layout, "lay_out", drawn.laid_out_apart)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    let_flush_empty_everything(connection)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Django's own way takes a third of a second for each, so that nobody tries many."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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
