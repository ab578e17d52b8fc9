"""One file read by a child process, and what came of it."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from requests_app.storage.reading_files.limits import (
    MOST_TEXT_BYTES,
    MOST_WRITTEN_BYTES,
    NOT_READ,
    WALL_SECONDS,
)

SHOWN = 250


@dataclass(frozen=True, slots=True)
class Found:
    """`problem` is "" where it was read; `is_other_kind` says that there was nothing to try."""

    text: str = ""
    is_cut: bool = False
    problem: str = ""
    is_other_kind: bool = False


def read(path: Path, *, name: str, seconds: float = WALL_SECONDS) -> Found:
    """Never raises for what is in the file. The child has no environment but Python's."""
    command = [
        sys.executable,
        "-m",
        "requests_app.storage.reading_files.child_program",
        str(path),
        name,
    ]
    env = {"PYTHONPATH": _project(), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"}
    # Into files, not pipes: how large a file may grow the kernel sees to, whoever writes it.
    with (
        tempfile.TemporaryDirectory() as nowhere,
        tempfile.TemporaryFile() as output,
        tempfile.TemporaryFile() as errors,
    ):
        try:
            done = subprocess.run(
                command,
                cwd=nowhere,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                timeout=seconds,
            )
        except subprocess.TimeoutExpired:
            return Found(problem=f"It was not read within {seconds:g} seconds.")
        return _found(done.returncode, _content(output), _content(errors))


def _content(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(MOST_WRITTEN_BYTES)


def _found(code: int, output: bytes, errors: bytes) -> Found:
    if code == NOT_READ:
        return Found(problem=_last(errors), is_other_kind=True)
    if code != 0:
        return Found(problem=_why(code, errors))
    text = output[:MOST_TEXT_BYTES].decode("utf-8", "ignore")
    return Found(text=text, is_cut=len(output) > MOST_TEXT_BYTES)


def _project() -> str:
    return str(Path(__file__).resolve().parents[3])


def _why(code: int, errors: bytes) -> str:
    if code < 0:
        return f"Reading it took more time or memory than a file may have (signal {-code})."
    return _last(errors) or "It could not be read."


def _last(errors: bytes) -> str:
    lines = errors.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:SHOWN] if lines else ""
