"""kill -9 in a making: it comes back, and nothing is left lying about.

At every fifth step; with CASE_FILE_KILL_AT_EACH=1 in the environment at each.
"""

import os
from pathlib import Path

import pytest

from tests.own_desk import run_program


@pytest.mark.own_servers
def test_killed_on_the_way_it_is_made_by_the_next_worker(tmp_path: Path):
    stride = 1 if os.environ.get("CASE_FILE_KILL_AT_EACH") else 5

    told = run_program("tests.casefile.dying", stride, var=tmp_path)

    assert len(told["killed"]) >= (13 if stride == 1 else 3)
    for fate in told["killed"]:
        assert (fate["was"], fate["attempts"]) == ("making", 1), fate
        assert (fate["is"], fate["in"], fate["left"]) == ("ready", 2, []), fate
    if stride == 1:
        assert {"Writing the PDF", "Packing the ledger"} <= {fate["at"] for fate in told["killed"]}
    assert told["raced"] == {"is": "ready", "in": 1}
