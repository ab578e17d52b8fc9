"""Which days a statute names as holidays, and what a calendar refuses."""

from typing import Any

import pytest
from pydantic import ValidationError

from cities.schema.holiday_rules import CalendarRules, Holiday, day_of
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


# Where a holiday goes -----------------------------------------------------------------------------


def rules(*holidays: dict[str, Any], **more: Any) -> CalendarRules:
    plain = {"citation": "§ 1", "first_year": 2026, "last_year": 2028, "holidays": holidays}
    return CalendarRules.model_validate({**plain, **more})


@pytest.mark.parametrize(
    ("calendar", "holiday", "day", "kept_on"),
    [
        # May 2, 2026 is a Saturday, May 3 a Sunday.
        ({}, {"on": "may 2"}, "May 2", "2026-05-02"),
        ({}, {"on": "may 3"}, "May 3, observed", "2026-05-04"),
        ({"saturday": "friday"}, {"on": "may 2"}, "May 2, observed", "2026-05-01"),
        ({"sunday": "stays"}, {"on": "may 3"}, "May 3", "2026-05-03"),
        ({}, {"on": "may 2", "saturday": "friday"}, "May 2, observed", "2026-05-01"),
        ({"saturday": "friday"}, {"on": "may 2", "saturday": "stays"}, "May 2", "2026-05-02"),
        ({}, {"on": "may 3", "sunday": "stays"}, "May 3", "2026-05-03"),
        ({"sunday": "stays"}, {"on": "may 3", "sunday": "monday"}, "May 3, observed", "2026-05-04"),
        ({"saturday": "friday"}, {"on": "may 1"}, "May 1", "2026-05-01"),
    ],
)
def test_holiday_on_a_weekend_is_kept_as_the_law_or_the_holiday_says(
    calendar: dict[str, str], holiday: dict[str, str], day: str, kept_on: str
) -> None:
    name = holiday["on"].capitalize()

    found = rules({"name": name, **holiday}, **calendar).legal_holidays

    assert [(str(on), name) for on, name in found.items() if on.year == 2026] == [(kept_on, day)]


def test_new_years_day_on_a_saturday_is_kept_in_the_year_before() -> None:
    """January 1, 2028 is a Saturday; so is that of 2033, past the calendar's end in 2032."""
    found = rules({"name": "New Year", "on": "january 1"}, saturday="friday", last_year=2032)

    assert found.legal_holidays[on("2027-12-31")] == "New Year, observed"
    assert found.legal_holidays[on("2032-12-31")] == "New Year, observed"
    assert on("2028-01-01") not in found.legal_holidays


@pytest.mark.parametrize(
    ("years", "kept"),
    [
        ({}, [2026, 2027, 2028]),
        ({"from_year": 2027}, [2027, 2028]),
        ({"to_year": 2027}, [2026, 2027]),
        ({"from_year": 2027, "to_year": 2027}, [2027]),
    ],
)
def test_holiday_is_kept_in_its_years(years: dict[str, int], kept: list[int]) -> None:
    found = rules({"name": "May Day", "on": "may 1", **years}).legal_holidays

    assert [day.year for day in found] == kept


def test_days_stand_in_order_and_within_the_years() -> None:
    found = rules({"name": "B", "on": "june 1"}, {"name": "A", "on": "may 1"}).legal_holidays

    assert list(found) == sorted(found)
    assert {day.year for day in found} == {2026, 2027, 2028}


def test_first_holiday_of_a_day_gives_its_name() -> None:
    found = rules(
        {"name": "First", "on": "may 1"}, {"name": "Second", "on": "may 1"},
        proclaimed=[{"on": on("2026-05-01"), "name": "Third", "source": "E.O. 1"}],
    )  # fmt: skip

    assert found.legal_holidays[on("2026-05-01")] == "First"


def test_day_the_city_keeps_elsewhere_may_be_a_day_it_is_open() -> None:
    """The law keeps June 19; the city the third Friday of June: in 2026 the same day."""
    found = rules(
        {"name": "June 19", "on": "june 19", "city_observes": "3rd friday of june"},
        {"name": "May Day", "on": "may 1", "city_may_be_open": True},
        {"name": "July 1", "on": "july 1"},
        unsettled_holidays="Open.", last_year=2027, sunday="stays",
    )  # fmt: skip

    assert sorted(map(str, found.days_the_city_may_be_open)) == [
        "2026-05-01", "2027-05-01", "2027-06-19",
    ]  # fmt: skip


def test_libraries_list_is_that_of_its_years_and_names_what_is_observed() -> None:
    found = rules(library="US-OR", last_year=2026).legal_holidays

    assert found[on("2026-07-03")] == "Independence Day, observed"
    assert {day.year for day in found} == {2026}


def test_library_may_be_of_a_whole_country() -> None:
    assert rules(library="US").legal_holidays[on("2026-12-25")] == "Christmas Day"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"library": ""}, "give a library or a list of holidays"),
        ({"last_year": 2025}, "is before first_year: swap them"),
    ],
)
def test_calendar_that_makes_no_sense_is_refused(changes: dict[str, Any], said: str) -> None:
    plain = {"citation": "§ 1", "first_year": 2026, "last_year": 2026, "library": "US-CT"}
    with pytest.raises(ValidationError, match=said):
        CalendarRules.model_validate({**plain, **changes})


def test_calendar_of_one_year_is_one() -> None:
    plain = {"citation": "§ 1", "first_year": 2026, "last_year": 2026, "library": "US-CT"}

    assert CalendarRules.model_validate(plain).first_year == 2026


@pytest.mark.parametrize("words", ["3rd monday", "may", "the 1st of may", "may 1st", "easter 2"])
def test_refusal_says_how_to_write_a_day(words: str) -> None:
    with pytest.raises(ValueError, match="names no day: write it as 'february 12', '3rd monday of"):
        day_of(words, 2026)
