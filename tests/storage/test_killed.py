"""kill -9 at every step of keeping an upload or a case file: whole and once, or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

UPLOADED = {"died": True, "undone": True, "kept once": True, "whole": True, "events": 1}
MADE = {"died": True, "ready": True, "whole": True}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("desk")
    env = {
        **os.environ,
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/desk.sqlite3",
        "REDIS_URL": "",
        "BASE_URL": "http://localhost:8000",
    }
    command = [sys.executable, "-m", "tests.storage.killed"]
    done = subprocess.run(command, cwd=settings.ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.own_servers
def test_an_upload_is_kept_whole_and_once_wherever_the_process_dies(told: dict[str, Any]):
    assert len(told["upload"]) == 8
    assert {step: fate for step, fate in told["upload"].items() if fate != UPLOADED} == {}


@pytest.mark.own_servers
def test_a_case_file_is_made_whole_wherever_its_worker_dies(told: dict[str, Any]):
    assert len(told["case file"]) == 7
    assert {step: fate for step, fate in told["case file"].items() if fate != MADE} == {}
