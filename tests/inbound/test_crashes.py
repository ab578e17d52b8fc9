"""kill -9 at every step of taking mail in: none lost, none doubled, every byte as it came.

RECORDS_DESK_PROOF=500 runs it with five hundred messages a step; by default there are a few.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bootstrap.paths import ROOT

MESSAGES = int(os.environ.get("RECORDS_DESK_PROOF", "4"))
DEATHS = 2 if MESSAGES < 10 else 10  # at each step


@pytest.mark.own_servers
def test_no_message_is_lost_or_doubled_wherever_the_process_dies(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "VAR_DIR": str(tmp_path / "var"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'desk.sqlite3'}",
        "BASE_URL": "http://localhost",
        "REDIS_URL": "",
    }
    (tmp_path / "mail").mkdir()
    command = [sys.executable, "-m", "tests.inbound.crashing"]

    done = subprocess.run(
        [*command, str(MESSAGES), str(DEATHS), str(tmp_path / "mail")],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    wrong = {
        step: said for step, said in told.items() if any(said[k] for k in said if k != "deaths")
    }
    assert wrong == {}
    assert {step for step, said in told.items() if not said["deaths"]} == set()
