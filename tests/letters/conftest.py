"""Fixtures of the letters' tests, and their option.

`pytest tests/letters/test_golden.py --approve`: today's letters are the ones to compare with.
"""

from pathlib import Path

import pytest

from requests_app.letters.facts.declared_facts import FACTS
from tests.letters.wording.wording_folder import write


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--approve", action="store_true", help="keep the letters as they are now as approved"
    )


@pytest.fixture
def approving(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--approve", default=False))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which every kind of letter has a wording."""
    for stem in FACTS:
        write(tmp_path, f"{stem}.md", "{{ salutation }}:\n")
    return tmp_path
