"""Running one tool as one step, quietly while it works and with its last words when it does not."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from bootstrap.paths import ROOT, VENV_PYTHON
from bootstrap.terminal import StepFailed

TAIL_LINES = 15


def attempt(
    command: Sequence[str | Path], *, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run to the end and keep the output; a tool that is not there counts as one that failed."""
    words = [str(word) for word in command]
    try:
        return subprocess.run(
            words,
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        return subprocess.CompletedProcess(words, 127, stdout=f"{words[0]}: {error.strerror}")


def last_lines(output: str, count: int = TAIL_LINES) -> list[str]:
    return [line for line in output.splitlines() if line.strip()][-count:]


def must(
    step: str,
    command: Sequence[str | Path],
    *,
    do: str,
    env: Mapping[str, str] | None = None,
) -> str:
    """Run to the end and return the output, or say which step failed and what to do."""
    done = attempt(command, env=env)
    if done.returncode != 0:
        raise StepFailed(
            step,
            f"`{' '.join(str(word) for word in command[:4])} …` ended with {done.returncode}",
            do=do,
            tail=last_lines(done.stdout),
        )
    return done.stdout


def run_python(words: Sequence[str], env: Mapping[str, str]) -> int:
    """The desk's own Python, seen and heard as it works; its exit code."""
    return subprocess.run([VENV_PYTHON, *words], cwd=ROOT, env=env).returncode
