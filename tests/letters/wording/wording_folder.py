"""Wording in a folder of a test's own."""

from pathlib import Path


def write(folder: Path, path: str, text: str) -> Path:
    """The folder, with that file in it."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return folder
