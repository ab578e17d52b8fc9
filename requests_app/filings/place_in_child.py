"""A stranger's file placed by a child process, so that nothing in it reaches this one."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from requests_app.casefile.pdf.placing import NotPlacedError

SECONDS = 120
NOT_PLACED = 3
PROGRAM = "requests_app.filings.placing_program"


@dataclass(frozen=True, slots=True)
class Placed:
    """How many pages were written, and what of the file they cannot show."""

    page_count: int
    not_shown: str = ""


def place(source: Path, target: Path, *, kind: str, seconds: float = SECONDS) -> Placed:
    """Write the file's pages to `target`. NotPlacedError, with the reason."""
    command = [sys.executable, "-m", PROGRAM, str(source), kind, str(target)]
    env = {"PYTHONPATH": _project(), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryDirectory() as nowhere:
        try:
            done = subprocess.run(
                command,
                cwd=nowhere,
                env=env,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=seconds,
            )
        except subprocess.TimeoutExpired as error:
            raise NotPlacedError(
                f"Its pages could not be drawn within {seconds:g} seconds."
            ) from error
    if done.returncode == NOT_PLACED:
        raise NotPlacedError(done.stderr.decode("utf-8", "replace").strip())
    if done.returncode != 0:
        raise NotPlacedError("It is damaged, or needs more memory than one file may take.")
    return Placed(**json.loads(done.stdout))


def _project() -> str:
    return str(Path(__file__).resolve().parents[2])
