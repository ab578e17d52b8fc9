"""Programs of the tests that run on a desk of their own: one folder, one SQLite file, no servers.

They fork, kill themselves and fill disks, which no test may do to its own process. What they
found out they print as one line of JSON, the last.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bootstrap.paths import ROOT
from tests import migrated


def run_program(module: str, *arguments: object, var: Path, inside: tuple[str, ...] = ()) -> Any:
    """`python -m module …` on a migrated desk in that folder; what its last line says.

    `inside`: the command that starts it, as `unshare --mount`.
    """
    database = var / "desk.sqlite3"
    migrated.copy_sqlite_to(database)
    env = {
        **os.environ,
        "VAR_DIR": str(var),
        "DATABASE_URL": f"sqlite:///{database}",
        "REDIS_URL": "",
        "BASE_URL": "http://localhost:8000",
    }
    command = [*inside, sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])
