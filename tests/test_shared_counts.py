"""Counted by all processes together, with no Redis."""

import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection

from requests_app.models import SharedCount
from requests_app.shared_counts import (
    count_this_minute,
    counted_this_minute,
    first_words,
    seconds_left,
)
from tests.factories import NOW


@pytest.fixture
def _no_redis(settings: Any) -> None:
    settings.REDIS_URL = ""


@pytest.fixture(params=["", "redis://there"], ids=["table", "cache"])
def _either(request: pytest.FixtureRequest, settings: Any) -> None:
    settings.REDIS_URL = request.param
    if not configured.REDIS_URL:
        return
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.mark.usefixtures("_either")
@pytest.mark.django_db
def test_minute_is_counted_by_itself() -> None:
    counts = [count_this_minute("a", at=NOW + timedelta(seconds=n)) for n in (0, 1, 59, 60)]

    assert counts == [1, 2, 3, 1]
    assert counted_this_minute("a", at=NOW) == 3
    assert counted_this_minute("b", at=NOW) == 0
    assert seconds_left(NOW) == 60
    assert seconds_left(NOW + timedelta(seconds=59, milliseconds=500)) == 1


@pytest.mark.usefixtures("_no_redis")
@pytest.mark.django_db
def test_one_count_is_one_statement(django_assert_num_queries) -> None:
    count_this_minute("a", at=NOW)

    with django_assert_num_queries(1):
        count_this_minute("a", at=NOW)


@pytest.mark.usefixtures("_no_redis")
@pytest.mark.django_db
def test_what_is_over_is_dropped_when_something_new_is_counted() -> None:
    count_this_minute("a", at=NOW)

    count_this_minute("b", at=NOW + timedelta(hours=1))

    assert [row.key.partition(":")[0] for row in SharedCount.objects.all()] == ["b"]


@pytest.mark.usefixtures("_either")
@pytest.mark.django_db
def test_words_are_those_of_the_first_time() -> None:
    day = timedelta(days=1)

    assert [first_words("t", words, keep=day) for words in ("one", "two", "one")] == ["one"] * 3


@pytest.mark.usefixtures("_no_redis")
@pytest.mark.django_db(transaction=True)
def test_another_process_counts_on() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the test's database is in the memory of one process")
    count_this_minute("a", at=NOW)
    program = (
        "import django; django.setup()\n"
        "from datetime import datetime\n"
        "from requests_app.shared_counts import count_this_minute\n"
        f"print(count_this_minute('a', at=datetime.fromisoformat('{NOW.isoformat()}')))"
    )

    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=configured.ROOT,
        env=_environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == "2"


def _environment() -> dict[str, str]:
    at = connection.settings_dict
    where = f"{at['USER']}:{at['PASSWORD']}@{at['HOST'] or 'localhost'}:{at['PORT']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "REDIS_URL": "",
        "DATABASE_URL": f"postgres://{where}/{at['NAME']}",
    }
