"""A copy of the packs that a test may spoil."""

import shutil
from pathlib import Path

import pytest

from cities.pack.load import PACKS


class Copy:
    """A temporary folder of packs, edited as text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def replace(self, file: str, old: str, new: str) -> int:
        """Replace the first `old` in the file; gives the line, from 1, on which it began."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}: the test needs another example"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def append(self, file: str, text: str) -> None:
        path = self.folder / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture
def packs(tmp_path: Path) -> Copy:
    shutil.copytree(PACKS, tmp_path / "packs")
    return Copy(tmp_path / "packs")
