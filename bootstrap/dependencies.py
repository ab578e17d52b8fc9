"""What the desk is made of: its bill of materials, and whether a known fault is in it."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from bootstrap.paths import ROOT, RUNTIME_LOCK, VENV_PYTHON
from bootstrap.shell import last_lines, must

INDEX = "https://pypi.org/pypi/pip/json"  # of the service that pip-audit asks
SECONDS = 15


def write_bill(target: Path) -> None:
    """CycloneDX of the runtime lock, as JSON; the same bytes for the same lock."""
    must(
        "bill of materials",
        [
            VENV_PYTHON, "-m", "cyclonedx_py", "requirements", RUNTIME_LOCK.name,
            "--pyproject", "pyproject.toml", "--output-reproducible", "--of", "JSON", "-o", target,
        ],
        do="run `python3 run.py lock`, then this again",
    )  # fmt: skip


def audit() -> int:
    """Prints what is known against the versions of the lock; 1 where that is anything.

    Where nobody can be asked, it says so and is no failure: that is the network's, not the desk's.
    """
    if reason := why_not_reached():
        print(f"  NOT REACHED: {INDEX} ({reason}). Nothing was checked for known faults.")
        return 0
    words = ["-m", "pip_audit", "-r", RUNTIME_LOCK.name, "--disable-pip", "--require-hashes"]
    done = subprocess.run(
        [sys.executable, *words, "--format", "json", "--progress-spinner", "off"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    try:
        found = faults(done.stdout)
    except ValueError:
        print("\n".join(["  pip-audit gave no answer:", *last_lines(done.stderr)]))
        return 1
    print("\n".join(found) or "  nothing is known against any of them")
    return 1 if found else 0


def faults(answer: str) -> list[str]:
    """A line for each that pip-audit names. ValueError: it is no answer of pip-audit's."""
    packages = json.loads(answer)["dependencies"]
    return [
        f"  {package['name']} {package['version']}: {fault['id']}, mended in "
        f"{', '.join(fault['fix_versions']) or 'no version yet'}"
        for package in packages
        for fault in package.get("vulns", ())
    ]


def why_not_reached() -> str:
    """ "" where the index answers."""
    try:
        with urllib.request.urlopen(INDEX, timeout=SECONDS):
            return ""
    except (urllib.error.URLError, OSError) as error:
        return str(getattr(error, "reason", error))


if __name__ == "__main__":
    sys.exit(audit())
