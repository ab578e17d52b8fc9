"""Packs for tests of the mechanism: two made-up states with three cities, and a copy to spoil.

They combine what no real city does, so that no test of the mechanism leans on a real one.
"""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from cities.calendar import business_days
from cities.schema import load

FIXTURE_PACKS = Path(__file__).with_name("fixture_packs")
ON = date(2026, 11, 21)
"""The day on which the packs are checked."""


@pytest.fixture(autouse=True)
def nothing_read_before() -> None:
    """For the mutation tool, which asks of each test what it runs: no test reads for another."""
    if "MUTANT_UNDER_TEST" in os.environ:
        for cached in (load._statute, load._city, load._slugs):
            cached.cache_clear()
        for built in (business_days._calendar, business_days._calendars):
            built.cache_clear()


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
    shutil.copytree(FIXTURE_PACKS, tmp_path / "packs")
    return Copy(tmp_path / "packs")
