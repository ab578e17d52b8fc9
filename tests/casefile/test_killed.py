"""kill -9 in a making: it comes back, and nothing is left lying about.

At every fifth step; with CASE_FILE_KILL_AT_EACH=1 in the environment at each.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.mark.own_servers
def test_killed_on_the_way_it_is_made_by_the_next_worker(tmp_path: Path):
    stride = 1 if os.environ.get("CASE_FILE_KILL_AT_EACH") else 5
    env = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/desk.sqlite3",
        "REDIS_URL": "",
        "BASE_URL": "http://localhost:8000",
    }
    command = [sys.executable, "-m", "tests.casefile.dying", str(stride)]
    done = subprocess.run(command, cwd=settings.ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]

    told = json.loads(done.stdout.splitlines()[-1])

    assert len(told["killed"]) >= (13 if stride == 1 else 3)
    for fate in told["killed"]:
        assert (fate["was"], fate["attempts"]) == ("making", 1), fate
        assert (fate["is"], fate["in"], fate["left"]) == ("ready", 2, []), fate
    if stride == 1:
        assert {"Writing the PDF", "Packing the ledger"} <= {fate["at"] for fate in told["killed"]}
    assert told["raced"] == {"is": "ready", "in": 1}
