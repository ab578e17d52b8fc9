"""What is asked of clamd over the line, and every way in which it does not answer."""

import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from requests_app.storage.scanning import clamd
from requests_app.storage.scanning.clamd import BrokenOff, Unreachable, Verdict
from tests.storage.scanning.fake_clamd import EICAR, Clamd, Running

LONG = 30.0


@pytest.fixture
def scanner() -> Iterator[Clamd]:
    with Running() as running:
        yield running


def test_a_clean_stream_arrives_whole_and_an_infected_one_is_named(scanner: Clamd) -> None:
    pieces = [b"a" * 100_000, b"", b"b" * 70_000, b"c"]

    assert clamd.scan(scanner.url, pieces, seconds=LONG) == Verdict()
    assert scanner.heard == [b"".join(pieces)]
    found = clamd.scan(scanner.url, [EICAR[:20], EICAR[20:]], seconds=LONG)
    assert found == Verdict(found="Eicar-Test-Signature")
    assert clamd.scan(scanner.url, [], seconds=LONG) == Verdict()


def test_it_is_reached_at_a_path_too() -> None:
    with tempfile.TemporaryDirectory() as folder, Running(Path(folder) / "clamd.ctl") as running:
        assert clamd.scan(running.url, [EICAR], seconds=LONG).found == "Eicar-Test-Signature"


def test_what_is_too_large_for_it_is_told_so(scanner: Clamd) -> None:
    scanner.most = 1000

    assert "StreamMaxLength" in clamd.scan(scanner.url, [b"x" * 2000], seconds=LONG).not_taken


@pytest.mark.parametrize("mood", ["hangs up", "stream: Heuristics ERROR", "UNKNOWN COMMAND", "OK"])
def test_what_is_no_verdict_is_none(scanner: Clamd, mood: str) -> None:
    scanner.mood = mood

    with pytest.raises(BrokenOff):
        clamd.scan(scanner.url, [b"x" * 3_000_000], seconds=LONG)


def test_a_silent_one_is_left_in_the_end(scanner: Clamd) -> None:
    scanner.mood = "silent"

    with pytest.raises(BrokenOff, match="broke off"):
        clamd.scan(scanner.url, [b"x"], seconds=0.2)


def test_nobody_there_is_another_thing_than_a_broken_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        for url in (f"tcp://127.0.0.1:{port}", f"unix://{tmp_path}/nobody"):
            with pytest.raises(Unreachable, match="Nobody answers"):
                clamd.scan(url, [b"x"], seconds=LONG)
