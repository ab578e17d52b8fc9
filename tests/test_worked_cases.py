"""Dates counted by hand come out of the real actions and the database too."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cities.checks.run_cases import read_cases
from cities.schema.load import city_slugs, load_city
from cities.schema.worked_cases import WorkedCase
from requests_app import ledger
from requests_app.models import Deadline
from tests.retold_cases import Retold, stored

pytestmark = pytest.mark.django_db

CASES = read_cases(Path(__file__).parent / "cities" / "worked-cases.json")
STATUTES = {load_city(slug).statute.slug: load_city(slug).statute for slug in city_slugs()}
EXAMPLES = [example for statute in STATUTES.values() for example in statute.examples]


def got(row: Deadline | None, key: str) -> Any:
    if row is None:
        return None
    if key == "tolled":
        return row.status == "tolled"
    value = getattr(row, key)
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("case", [*CASES, *EXAMPLES], ids=lambda case: case.id)
def test_worked_case_comes_out_of_the_database(case: WorkedCase) -> None:
    request = Retold(case).tell()

    for clock, dates in case.expect.items():
        row = stored(request, clock)
        if dates is None:
            assert row is None
            continue
        assert {key: got(row, key) for key in dates} == dates, f"{clock}: {case.basis}"
    assert ledger.compare(request) == []
