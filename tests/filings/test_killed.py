"""kill -9 in a filing: the draft is left as it was, or all of it is filed; never a half."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

NOTHING = {"state": "draft", "letters": 0, "files": 0, "filings": 0, "deliveries": 0}


@pytest.mark.own_servers
def test_killed_on_the_way_it_leaves_the_draft_and_is_filed_by_the_next_try(tmp_path: Path):
    env = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/desk.sqlite3",
        "REDIS_URL": "",
        "BASE_URL": "http://localhost:8000",
    }
    command = [sys.executable, "-m", "tests.filings.dying"]
    done = subprocess.run(command, cwd=settings.ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]

    fates = json.loads(done.stdout.splitlines()[-1])

    assert [fate["at"] for fate in fates] == [
        "open_source", "assemble", "_keep", "with_its_filing", "_keep_filing", "issue_and_promise",
    ]  # fmt: skip
    for fate in fates:
        assert (fate["killed"], fate["left"], fate["then"]) == (True, NOTHING, ["filed", 1]), fate
