"""Debian's packages, where this person may install them."""

import functools
import os
import shutil
from collections.abc import Sequence

from bootstrap.shell import attempt, last_lines
from bootstrap.terminal import say

QUIET = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}


@functools.cache
def apt_prefix() -> tuple[str, ...] | None:
    """The words before `apt-get`: none as root, `sudo -n …`; None where it is barred."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ()
    if shutil.which("sudo") and attempt(["sudo", "-n", "true"]).returncode == 0:
        # sudo clears the environment, so the quiet settings go along as words.
        return ("sudo", "-n", "env", *(f"{name}={value}" for name, value in QUIET.items()))
    return None


def by_hand(packages: Sequence[str]) -> str:
    """What to type, as root, where the packages cannot be installed for the person."""
    if shutil.which("apt-get"):
        install = f"apt-get install --no-install-recommends {' '.join(packages)}"
        return f"as root: apt-get update && {install}"
    return f"install with this system's package manager what Debian calls {' '.join(packages)}"


def install(packages: Sequence[str]) -> list[str] | None:
    """Install; None when it worked, else the last lines that say why not.

    The package lists are refreshed only when they are empty or stale enough to fail.
    """
    prefix = apt_prefix()
    if prefix is None:
        return ["neither root nor passwordless sudo with apt-get here"]
    say(f"installing Debian packages: {' '.join(packages)}")
    command = [*prefix, "apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    if attempt(command, env=QUIET).returncode == 0:
        return None
    refreshed = attempt([*prefix, "apt-get", "update", "-q"], env=QUIET)
    if refreshed.returncode != 0:
        return last_lines(refreshed.stdout)
    second = attempt(command, env=QUIET)
    return None if second.returncode == 0 else last_lines(second.stdout)
