"""kill -9 in the middle of an import: it goes on where it was, and nothing is doubled."""

from pathlib import Path

import pytest

from tests.own_desk import run_program


@pytest.mark.own_servers
def test_killed_in_the_middle_it_goes_on_and_nothing_is_doubled(tmp_path: Path):
    told = run_program("tests.research.importing.dying", var=tmp_path)

    whole = {"then": "imported", "counts": {"new": 60}, "in the log": 60}
    stood = {"by": True, "stage": "importing"}
    assert told["before"] == {**stood, "position": 20, "rows": 20, **whole}
    assert told["between"] == {**stood, "position": 30, "rows": 30, **whole}
    assert sum(counts.get("new", 0) for counts in told["raced"]) == 60
    assert sum(counts.get("same", 0) for counts in told["raced"]) == 60
    assert told["in all"] == 180
