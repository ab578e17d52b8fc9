"""The embedded desk's broker gives each message once, and keeps none that it gave."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from config.embedded import use_embedded_broker


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Connection]:
    use_embedded_broker()
    with Connection(f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}") as connection:
        yield connection


def kept(folder: Path) -> int:
    with sqlite3.connect(folder / "broker.sqlite3") as database:
        [count] = database.execute("SELECT count(*) FROM kombu_message").fetchone()
    return int(count)


def test_a_message_that_was_given_is_kept_no_more(broker: Connection, tmp_path: Path) -> None:
    queue = broker.SimpleQueue("work")
    for number in range(3):
        queue.put({"number": number})
    assert kept(tmp_path) == 3

    given = [queue.get(timeout=5).payload["number"] for _ in range(2)]

    assert given == [0, 1]
    assert kept(tmp_path) == 1
    assert queue.get(timeout=5).payload["number"] == 2
    with pytest.raises(Empty):
        queue.get(block=False)


def test_what_an_earlier_version_kept_goes_with_the_next_message(
    broker: Connection, tmp_path: Path
) -> None:
    queue = broker.SimpleQueue("work")
    queue.put({"number": 1})
    with sqlite3.connect(tmp_path / "broker.sqlite3") as database:
        database.execute("UPDATE kombu_message SET visible = 0")
    queue.put({"number": 2})

    assert queue.get(timeout=5).payload["number"] == 2
    assert kept(tmp_path) == 0
