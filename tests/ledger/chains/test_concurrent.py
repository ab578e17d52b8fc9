"""Two processes that write at once into one SQLite file make one chain."""

from pathlib import Path

from tests.own_desk import run_program


def test_processes_that_write_at_once_make_one_chain(tmp_path: Path):
    said = run_program("tests.ledger.chains.concurrent_writers", 2, 15, var=tmp_path)

    assert said["codes"] == [0, 0]
    assert said["written"] == 30
    assert said["whole"]
    assert said["entries"] == said["before"] + 30
