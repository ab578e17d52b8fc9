"""kill -9 at every step of taking mail in: none lost, none doubled, every byte as it came.

RECORDS_DESK_PROOF=500 runs it with five hundred messages a step; by default there are a few.
"""

import os
from pathlib import Path

import pytest

from tests.own_desk import run_program

MESSAGES = int(os.environ.get("RECORDS_DESK_PROOF", "4"))
DEATHS = 2 if MESSAGES < 10 else 10  # at each step


@pytest.mark.own_servers
def test_no_message_is_lost_or_doubled_wherever_the_process_dies(tmp_path: Path) -> None:
    mail = tmp_path / "mail"
    mail.mkdir()

    told = run_program("tests.inbound.crashing", MESSAGES, DEATHS, mail, var=tmp_path / "var")

    wrong = {
        step: said for step, said in told.items() if any(said[k] for k in said if k != "deaths")
    }
    assert wrong == {}
    assert {step for step, said in told.items() if not said["deaths"]} == set()
