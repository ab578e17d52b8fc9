"""The hashed locks, from pyproject.toml's ranges. They name versions and hashes, never an index."""

import sys
from pathlib import Path

from bootstrap.machine import uv
from bootstrap.paths import DEV_LOCK, RUNTIME_LOCK
from bootstrap.shell import must
from bootstrap.terminal import StepFailed, say

HEADER = {"UV_CUSTOM_COMPILE_COMMAND": "python3 run.py lock"}
COMPILE = ["--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]


def write(*, upgrade: bool) -> None:
    tool = uv.found()
    if tool is None and uv.has_pip():
        tool = uv.through_pip([sys.executable, "-m", "pip"])
    if tool is None:
        tool = uv.through_pip(uv.pip_from_its_wheel())
    if tool is None:
        raise StepFailed("lock", "uv could not be had", do="install uv and run this again")
    # Names relative to the root (where every step runs): they end up in the files' comments.
    base: list[str | Path] = [tool, "pip", "compile", "pyproject.toml", *COMPILE]
    newest = ["--upgrade"] if upgrade else []
    do = "read the lines above; pyproject.toml holds the ranges"
    must("requirements.txt", [*base, *newest, "-o", RUNTIME_LOCK.name], env=HEADER, do=do)
    say("requirements.txt written")
    dev = [*base, *newest, "--group", "dev", "-c", RUNTIME_LOCK.name, "-o", DEV_LOCK.name]
    must("requirements-dev.txt", dev, env=HEADER, do=do)
    say("requirements-dev.txt written")
