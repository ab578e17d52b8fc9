"""docs/security.md answers each requirement of ASVS 5, levels 1 and 2, by tests that are there."""

import re
from collections import Counter

import pytest

from bootstrap.paths import ROOT

# How many requirements of levels 1 and 2 each section has; within a section those of
# level 3 come after them.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5,
    "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2,
    "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11,
    "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1,
    "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5,
    "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
WANTED = {f"{section}.{one}" for section, count in SECTIONS.items() for one in range(1, count + 1)}
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "security.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d", line)
]
WITHOUT_A_TEST = {"not applicable", "not met", "the operator's"}


def test_each_requirement_is_answered_once() -> None:
    answered = Counter(number for numbers, *_ in ROWS for number in numbers.split(", "))

    assert len(WANTED) == 253
    assert answered == Counter(WANTED)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_answer_names_a_test_or_a_page_that_is_there(row: list[str]) -> None:
    _numbers, how, shown = row
    tests = re.findall(r"`([\w/.]+)`", shown)
    pages = re.findall(r"\]\(([\w.-]+\.md)\)", how + shown)

    assert how
    assert tests or pages or shown in WITHOUT_A_TEST
    assert [name for name in tests if not (ROOT / "tests" / name).exists()] == []
    assert [name for name in pages if not (ROOT / "docs" / name).exists()] == []
