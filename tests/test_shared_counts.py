"""Counted by all processes together, with Redis and without."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from requests_app.shared_counts import (
    count_this_minute,
    counted_this_minute,
    first_words,
    seconds_left,
)
from tests.factories import NOW


def test_minute_is_counted_by_itself() -> None:
    counts = [count_this_minute("a", at=NOW + timedelta(seconds=n)) for n in (0, 1, 59, 60)]

    assert counts == [1, 2, 3, 1]
    assert counted_this_minute("a", at=NOW) == 3
    assert counted_this_minute("b", at=NOW) == 0
    assert seconds_left(NOW) == 60
    assert seconds_left(NOW + timedelta(seconds=59, milliseconds=500)) == 1


def test_words_are_those_of_the_first_time() -> None:
    day = timedelta(days=1)

    assert [first_words("t", words, keep=day) for words in ("one", "two", "one")] == ["one"] * 3


def test_processes_that_count_at_once_lose_nothing(tmp_path: Path, settings: Any) -> None:
    """On the desk's own cache where there is no Redis."""
    program = (
        "import sys\n"
        "from config.shared_cache import SharedFileCache\n"
        "cache = SharedFileCache(sys.argv[1], {})\n"
        "for _ in range(50):\n"
        "    cache.add('calls', 0, 60)\n"
        "    cache.incr('calls')\n"
        "print(cache.get('calls'))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "counts")]

    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=settings.ROOT)
        for _ in range(3)
    ]
    told = [process.communicate()[0].strip() for process in started]

    assert max(int(one) for one in told) == 150
