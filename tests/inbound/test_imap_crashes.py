"""kill -9 at every step of emptying a mailbox, on servers that can more and less.

RECORDS_DESK_PROOF=500 runs it with five hundred messages a step; by default there are three.
"""

import os
from pathlib import Path

import pytest

from tests.own_desk import run_program

MESSAGES = int(os.environ.get("RECORDS_DESK_PROOF", "3"))


@pytest.mark.own_servers
@pytest.mark.tools
def test_no_message_is_lost_or_doubled_wherever_the_process_dies(tmp_path: Path) -> None:
    told = run_program("tests.inbound.imap_crashing", MESSAGES, var=tmp_path / "var")

    assert len(told) == 19
    assert {step for step, said in told.items() if not said["deaths"]} == set()
    wrong = {k: said for k, said in told.items() if said["lost"] or said["doubled"] or said["left"]}
    assert wrong == {}
