"""PostgreSQL and Redis restarted in the middle of a delivery run: nothing lost, nothing doubled.

PostgreSQL goes down at once, as in a crash, while a server's yes waits to be written down; Redis
forgets all of its tasks. What could not be written down in time is IN_DOUBT, never sent again.
"""

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from redis import Redis, RedisError

from bootstrap.servers import postgresql
from bootstrap.servers import redis as redis_server
from bootstrap.servers.private_server import PrivateServer
from tests import migrated
from tests.desk import running_desk, until
from tests.stack.faulty_smtp import HOLD, Fault, faulty_smtp
from tests.stack.workers import MESSAGES, Workers, check, say

pytestmark = [pytest.mark.stack, pytest.mark.own_servers]

Servers = tuple[PrivateServer, str, PrivateServer, str]
ENOUGH = 8  # so that both restarts come in the middle


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Servers]:
    """A PostgreSQL and a Redis of this test's own: others are not to be restarted under them."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    binaries, program = postgresql.found(), redis_server.found()
    if binaries is None or program is None:
        pytest.fail("not both servers here: `python3 run.py test --with-servers …` brings them")
    with ExitStack() as stack:
        database, database_url = postgresql.start(binaries)
        stack.callback(database.stop)
        broker, broker_url = redis_server.start(program)
        stack.callback(broker.stop)
        yield database, database_url, broker, broker_url


def restart(server: PrivateServer, signum: int, is_up: Callable[[], bool]) -> None:
    process = server.process
    assert isinstance(process, subprocess.Popen)
    process.send_signal(signum)
    process.wait(30)
    server.start(list(process.args), is_up=is_up)  # type: ignore[arg-type]


def answers(database_url: str) -> bool:
    try:
        psycopg.connect(database_url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def redis_answers(broker_url: str) -> bool:
    try:
        return bool(Redis.from_url(broker_url).ping())
    except RedisError:
        return False


def held_at(fault: Fault, step: str) -> None:
    """Wait until the server holds a message at that step."""
    assert fault.reached.wait(60), f"no worker came to {step}"


def test_both_servers_restart_while_letters_are_sent(servers: Servers, tmp_path: Path):
    database, database_url, broker, broker_url = servers
    messages = max(MESSAGES, ENOUGH)
    with faulty_smtp() as (fault, email_url), ExitStack() as stack:
        urls = {
            "DATABASE_URL": database_url,
            "REDIS_URL": broker_url,
            "MAIL_DOMAIN": "desk.example",  # to which both have return paths
        }
        migrated.migrate(database_url, var=tmp_path / "var")
        workers = stack.enter_context(Workers(tmp_path / "var", email_url, **urls))
        ids = workers("make", messages, datetime.now(UTC).isoformat())
        settings: dict[str, Any] = {
            **urls,
            "EMAIL_URL": email_url,
            "DELIVERY_LEASE_SECONDS": "60",
            "MAIL_PER_HOST_PER_MINUTE": "0",
        }
        fault.arm("DOT", HOLD)
        with running_desk(tmp_path / "var", **settings) as desk:
            held_at(fault, "DOT")
            restart(database, signal.SIGQUIT, lambda: answers(database_url))
            fault.let_go()
            fault.arm("MAIL", HOLD)
            held_at(fault, "MAIL")
            restart(broker, signal.SIGKILL, lambda: redis_answers(broker_url))
            fault.let_go()
            fault.arm()
            until(
                lambda: {row[0] for row in workers("tell", ids)} <= {"sent", "in_doubt"},
                seconds=max(120, messages),
                what="every letter to settle",
            )
            ends = check(workers, fault, ids, {"sent", "in_doubt"}, count=messages)
            del desk.env["REDIS_URL"]  # it is none of the shared ones to give back
    say("PostgreSQL and Redis restarted", ends)
    assert ends["sent, taken once"] >= messages - 2  # two threads can be at work at a time
