"""`.venv` with the hashed locks in it, made whichever way this machine allows.

uv if there is one; else Python's own venv and its pip (which then fetches uv);
else Debian's python3-venv where it may be installed; else pip's own wheel.
"""

import hashlib
import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path

from bootstrap.machine import debian, uv
from bootstrap.paths import DEV_LOCK, RUNTIME_LOCK, VENV, VENV_PYTHON
from bootstrap.shell import attempt, must
from bootstrap.terminal import say

STAMP = VENV / "records-desk.json"
NO_DOWNLOADS = {"UV_PYTHON_DOWNLOADS": "never", "UV_LINK_MODE": "copy"}
Installer = Callable[[Path], None]


def ready(lock: Path) -> bool:
    """Whether this lock, exactly, is what was last installed. Costs one read, no process."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    return VENV_PYTHON.exists() and stamp.get(lock.name) == _fingerprint(lock)


def bring(*, dev: bool) -> None:
    """Make `.venv` where needed and install; with `dev` what the tests need as well."""
    lock = DEV_LOCK if dev else RUNTIME_LOCK
    if ready(lock):
        return
    install = _installer()
    say(f"installing what {lock.name} lists")
    install(lock)
    # The dev lock holds the runtime lock's very versions, so having it is having both.
    installed = [RUNTIME_LOCK, DEV_LOCK] if dev else [RUNTIME_LOCK]
    STAMP.write_text(json.dumps({each.name: _fingerprint(each) for each in installed}))


def _fingerprint(lock: Path) -> str:
    version = ".".join(map(str, sys.version_info[:3]))
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()} python {version}"


def _installer() -> Installer:
    """The quickest way to install that works here, with `.venv` made."""
    tool = uv.found()
    if tool is None and uv.has_pip():
        tool = uv.through_pip([sys.executable, "-m", "pip"])
    if tool:
        return _with_uv(tool)
    if importlib.util.find_spec("ensurepip") is None and not _works():
        problem = debian.install(["python3-venv"])
        if problem is not None or not _ensurepip_arrived():
            return _without_ensurepip()
    return _with_venv()


def _with_uv(tool: Path) -> Installer:
    if not _works():
        say("making .venv")
        must(
            "making .venv",
            [tool, "venv", "--quiet", "--clear", "--python", sys.executable, VENV],
            env=NO_DOWNLOADS,
            do="remove the folder .venv and run this again",
        )
    command: list[str | Path] = [
        tool,
        "pip",
        "install",
        "--quiet",
        "--python",
        VENV_PYTHON,
        "--require-hashes",
        "-r",
    ]
    return lambda lock: _install([*command, lock])


def _with_venv() -> Installer:
    if not _works():
        say("making .venv")
        must(
            "making .venv",
            [sys.executable, "-m", "venv", "--clear", VENV],
            do="install Python's venv (Debian: apt-get install python3-venv) and run this again",
        )
    if not uv.has_pip(VENV_PYTHON):
        return _without_ensurepip()
    pip: list[str | Path] = [VENV_PYTHON, "-m", "pip"]
    tool = uv.through_pip(pip)
    return _with_uv(tool) if tool else _with_pip(pip)


def _without_ensurepip() -> Installer:
    pip = uv.pip_from_its_wheel()
    tool = uv.through_pip(pip)
    if tool:
        return _with_uv(tool)
    must(
        "making .venv",
        [sys.executable, "-m", "venv", "--clear", "--without-pip", VENV],
        do="install Python's venv (Debian: apt-get install python3-venv) and run this again",
    )
    return _with_pip([*pip, "--python", VENV_PYTHON])


def _with_pip(pip: list[str | Path]) -> Installer:
    say("uv cannot be had here: pip does it, more slowly")
    command = [*pip, "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
    return lambda lock: _install([*command, lock])


def _install(command: list[str | Path]) -> None:
    must(
        f"installing {Path(command[-1]).name}",
        command,
        env=NO_DOWNLOADS,
        do="read the lines above; where it is the network, run this again when it is back",
    )


def _works() -> bool:
    """A `.venv` whose Python runs and is this Python's version. One of another is made anew."""
    probe = attempt([VENV_PYTHON, "-c", "import sys; print(sys.version_info[:2])"])
    return probe.returncode == 0 and probe.stdout.strip() == str(sys.version_info[:2])


def _ensurepip_arrived() -> bool:
    return attempt([sys.executable, "-c", "import ensurepip"]).returncode == 0
