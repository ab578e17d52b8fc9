"""Which days a statute names as holidays, and what a calendar refuses."""

from typing import Any

import pytest
from pydantic import ValidationError

from cities.pack.holiday_rules import CalendarRules, Holiday, day_of
from tests.cities.worked import on


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("february 12", "2026-02-12"),
        ("3rd monday of january", "2026-01-19"),
        ("last monday of may", "2026-05-25"),
        ("last friday of december", "2026-12-25"),
        ("day after 4th thursday of november", "2026-11-27"),
        ("easter -2", "2026-04-03"),
        ("easter +1", "2026-04-06"),
    ],
)
def test_words_name_a_day(words: str, day: str) -> None:
    assert day_of(words, 2026) == on(day)


@pytest.mark.parametrize("words", ["5th monday of may", "Juneteenth", "easter", "february 30"])
def test_words_that_name_no_day_are_refused(words: str) -> None:
    with pytest.raises(ValidationError):
        Holiday(name="?", on=words)


def test_proclaimed_day_is_a_legal_holiday_of_that_year_alone() -> None:
    rules = CalendarRules.model_validate(
        {
            "citation": "§ 1",
            "first_year": 2026,
            "last_year": 2027,
            "library": "US-CT",
            "proclaimed": [{"on": on("2026-12-24"), "name": "Day of mourning", "source": "E.O. 1"}],
        }
    )
    assert rules.legal_holidays[on("2026-12-24")] == "Day of mourning"
    assert rules.legal_holidays[on("2027-12-24")] == "Christmas Day, observed"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"closures": "unsettled"}, "unsettled_closures"),
        (
            {"holidays": [{"name": "T", "on": "may 8", "city_may_be_open": True}]},
            "unsettled_holidays",
        ),
    ],
)
def test_unsettled_point_needs_its_sentence(changes: dict[str, Any], said: str) -> None:
    plain = {"citation": "§ 1", "first_year": 2026, "last_year": 2027, "library": "US-CT"}
    with pytest.raises(ValidationError, match=said):
        CalendarRules.model_validate({**plain, **changes})
