"""Grievances and windows by hand, by the engine and by an independent calculator: all agree."""

import ast
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from cities.schema.load import load_city
from tests.cities.rights import calculator
from tests.cities.rights.calculator import legal_days
from tests.cities.rights.worked_rights import Case, as_answer, in_order, read_cases
from tests.cities.worked import CONCORD, CT, MO, OR, REAL_CITIES, STOCKTON

CASES = read_cases()
MODULES = sorted(Path(calculator.__file__).parent.glob("*.py"))
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


@each
def test_engine_says_what_was_counted_by_hand(case: Case) -> None:
    assert as_answer(case.by_the_engine()) == case.expect


@each
def test_calculator_says_what_was_counted_by_hand(case: Case) -> None:
    assert in_order(case.by_the_calculator()) == case.expect


@each
def test_nothing_stands_once_the_request_is_ended(case: Case) -> None:
    counted = case.by_the_engine()

    assert counted.ended_on == case.ended
    if case.ended:
        assert counted.open(case.ended) == ()


def test_there_are_cases_enough_of_every_city() -> None:
    of_city = Counter(case.city for case in CASES)

    assert len({case.id for case in CASES}) == len(CASES) == 123
    assert set(of_city) == set(REAL_CITIES)
    assert min(of_city.values()) >= 8


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_calculator_shares_no_code_with_the_desk(module: Path) -> None:
    """Nor with the packages that the desk counts days with."""
    imported = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(node.module or "")
        elif isinstance(node, ast.Import):
            imported |= {name.name for name in node.names}

    own = {name for name in imported if name.startswith("tests.cities.rights.calculator")}
    assert imported - own <= {"collections.abc", "dataclasses", "datetime", "decimal", "typing"}


@pytest.mark.parametrize(
    ("city", "by_the_calculator"),
    [
        (CT, legal_days.CONNECTICUT),
        (MO, legal_days.MISSOURI),
        (STOCKTON, legal_days.CALIFORNIA),
        (CONCORD, legal_days.CALIFORNIA),
        (OR, legal_days.OREGON),
    ],
)
def test_holidays_on_weekdays_are_the_same_by_both(
    city: str, by_the_calculator: frozenset[object]
) -> None:
    def on_weekdays(days: object) -> list[object]:
        return sorted(d for d in days if d.year in legal_days.YEARS and d.weekday() < 5)  # type: ignore[attr-defined]

    assert on_weekdays(by_the_calculator) == on_weekdays(
        load_city(city).statute.calendar.legal_holidays
    )


@pytest.mark.parametrize(
    ("city", "by_the_calculator"),
    [(MO, legal_days.KANSAS_CITY_MAY_WORK), (STOCKTON, legal_days.COURTS_MAY_WORK)],
)
def test_days_that_may_count_all_the_same_are_the_same_by_both(
    city: str, by_the_calculator: frozenset[date]
) -> None:
    found = load_city(city).statute.calendar.days_the_city_may_be_open

    assert {day for day in found if day.year in legal_days.YEARS} == by_the_calculator
