"""The folder of the desk's own data (VAR_DIR): it can be written, and by its owner alone."""

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bootstrap.terminal import StepFailed

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_writable(folder: Path) -> None:
    """Make the folder where it is missing, and try it: better here than in the middle of work."""
    try:
        for place in reversed((folder, *folder.parents)):
            if not place.exists():
                place.mkdir(mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise StepFailed(
            "data folder",
            f"{folder} cannot be written ({error.strerror})",
            do="make it writable for this account, or set VAR_DIR to a folder that is",
        ) from error


def close_to_others(folder: Path) -> list[Path]:
    """Take group's and others' rights from the folder and all in it.

    Returns what stays open because it belongs to another account.
    """
    still_open = []
    for path in _within(folder.resolve()):
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & OTHERS:
                path.chmod(mode & ~OTHERS)
        except PermissionError:
            still_open.append(path)
        except FileNotFoundError:  # a temporary file, gone since the folder was listed
            continue
    return still_open


def _within(folder: Path) -> Iterator[Path]:
    """The folder, then every folder and file in it; what a link points to is not ours to change."""
    yield folder
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(place, name)
            if not path.is_symlink():
                yield path
