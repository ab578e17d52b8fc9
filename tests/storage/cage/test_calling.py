"""One job: what goes in, what comes out, and every way in which it does not come to its end."""

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from requests_app.storage.cage import calling
from requests_app.storage.cage.calling import call
from requests_app.storage.cage.errors import BrokenError, RefusalError, TooMuchError
from requests_app.storage.cage.limits import MEGABYTE, Limits

ATTEMPTS = "requests_app.storage.cage.attempts"
COUNT = "requests_app.storage.reading_files.archives:entries"


@pytest.mark.parametrize(
    ("function", "arguments", "limits"),
    [
        ("sleep", {"seconds": 600.0}, Limits(wall_seconds=0)),
        ("compute", {}, Limits(cpu_seconds=1, wall_seconds=60)),
        ("allocate", {"size": 300 * MEGABYTE}, Limits(memory=200 * MEGABYTE)),
    ],
)
def test_job_that_takes_too_much_is_ended(
    function: str, arguments: dict[str, Any], limits: Limits
) -> None:
    with pytest.raises(TooMuchError):
        call(f"{ATTEMPTS}:{function}", b"", returns=object, limits=limits, **arguments)


def test_memory_is_counted_beyond_what_the_libraries_take() -> None:
    size = 100 * MEGABYTE
    limits = Limits(memory=200 * MEGABYTE)

    answer = call(f"{ATTEMPTS}:allocate", b"", returns=int, limits=limits, size=size)

    assert answer.value == size


def test_output_is_cut_at_its_limit(tmp_path: Path) -> None:
    target = tmp_path / "out"
    limits = Limits(output=MEGABYTE)

    with target.open("w+b") as into, pytest.raises(BrokenError, match="File too large"):
        call(f"{ATTEMPTS}:write", b"", returns=object, limits=limits, into=into, size=2 * MEGABYTE)

    assert target.stat().st_size <= MEGABYTE


def test_what_a_job_returns_is_held_to_the_type_that_was_asked_for() -> None:
    """A job that was taken over may say anything."""
    with pytest.raises(BrokenError):
        call(f"{ATTEMPTS}:environment", b"", returns=list[int])


def test_refusal_is_the_functions_own_sentence() -> None:
    with pytest.raises(RefusalError, match="damaged or not what it says"):
        call(COUNT, b"no archive", returns=object, most=1)


def test_function_that_is_not_there_is_our_own_mistake() -> None:
    with pytest.raises(RuntimeError, match="no such function"):
        call("requests_app.storage.cage.attempts:nothing", b"", returns=object)


def test_keeper_that_died_is_replaced() -> None:
    call(f"{ATTEMPTS}:environment", b"", returns=object)
    first = calling._keeper()
    first.process.kill()
    first.process.wait()

    call(f"{ATTEMPTS}:environment", b"", returns=object)

    assert calling._keeper() is not first


def test_job_ends_without_harm_to_others() -> None:
    """Each has its own process, also at the same time."""
    done: list[object] = []

    def slow() -> None:
        with pytest.raises(TooMuchError):
            call(f"{ATTEMPTS}:compute", b"", returns=object, limits=Limits(cpu_seconds=1))
        done.append("ended")

    other = threading.Thread(target=slow)
    other.start()
    for _ in range(5):
        done.append(call(f"{ATTEMPTS}:allocate", b"", returns=int, size=1).value)
    other.join()

    assert sorted(map(str, done)) == ["1"] * 5 + ["ended"]


def test_forked_server_has_a_keeper_of_its_own() -> None:
    call(f"{ATTEMPTS}:environment", b"", returns=object)
    ours = calling._keeper().process.pid
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            call(f"{ATTEMPTS}:environment", b"", returns=object)
            theirs = calling._keeper()
            os.write(writing, json.dumps(theirs.process.pid).encode())
            theirs.stop()
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    os.close(writing)
    with os.fdopen(reading) as told:
        assert json.load(told) != ours
    call(f"{ATTEMPTS}:environment", b"", returns=object)
    assert calling._keeper().process.pid == ours
