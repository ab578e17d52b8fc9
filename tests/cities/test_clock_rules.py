"""What a statute's clocks may say, and what is refused, by file and key."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from cities.clocks.derive import derive
from cities.pack.clock_rules import Clock, Trigger, check_clocks
from cities.pack.holiday_rules import CalendarRules, Holiday, day_of
from cities.pack.load import PackErrors, load_city, load_statute
from tests.cities.conftest import Copy
from tests.cities.worked import CONCORD, happened, on

PLAIN: dict[str, Any] = {
    "name": "response", "whose": "city", "count": 5, "unit": "business_days",
    "starts": ["received"], "rule": "Five days.", "citation": "§ 1",
}  # fmt: skip


def clock(**changes: Any) -> Clock:
    return Clock.model_validate({**PLAIN, **changes})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"starts": []}, "at least 1 item"),
        ({"citation": ""}, "at least 1 character"),
        ({"count": 0}, "greater than 0"),
        ({"unit": "weeks"}, "business_days"),
        ({"colour": "red"}, "Extra inputs"),
        ({"valid_from": date(2026, 1, 1), "valid_to": date(2025, 1, 1)}, "is before valid_from"),
        ({"whose": "ours"}, "our own clocks count calendar days"),
        ({"starts": [{"event": "denied", "due_of": "response"}]}, "exactly one of"),
        ({"starts": [{"routes": ["foic"]}]}, "exactly one of"),
        ({"starts": ["recieved"]}, "no event 'recieved'; there are acknowledged"),
        (
            {"tolls": [{"starts": "fees_estimated", "ends": ["paid"], "why": "fee"}]},
            "no event 'paid'",
        ),
        (
            {"larger_amounts": [{"above": 9, "count": 2}, {"above": 1, "count": 3}]},
            "the smallest first",
        ),
        (
            {
                "unit": "calendar_days",
                "tolls": [{"starts": "fees_estimated", "ends": ["fees_paid"], "why": "fee"}],
            },
            "can be tolled",
        ),
    ],
)
def test_clock_that_makes_no_sense_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        clock(**changes)


def test_clock_that_nothing_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="answer: nothing starts it: response is no clock above"):
        check_clocks([clock(name="answer", starts=[{"due_of": "response"}])])


def test_two_rules_in_force_at_once_are_refused() -> None:
    old = clock(valid_to=date(2026, 12, 31))
    check_clocks([old, clock(valid_from=date(2027, 1, 1))])
    with pytest.raises(ValueError, match="two rules in force at once"):
        check_clocks([old, clock(valid_from=date(2026, 12, 31))])


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('citation = "ORS 192.411(2)"', "", "citation"),
        ('whose = "body"', 'whose = "nobody"', "whose"),
        ('due_of = "acknowledgement"', 'due_of = "receipt"', "clocks"),
        ('library = "US-OR"', "", "calendar"),
        ("last_year = 2045", "last_year = 2022", "calendar"),
    ],
)
def test_fault_in_a_pack_names_file_and_key(packs: Copy, old: str, new: str, key: str) -> None:
    packs.replace("us-or/clocks.toml", old, new)
    with pytest.raises(PackErrors) as raised:
        load_statute("us-or", packs.folder)
    assert any(e.file == "us-or/clocks.toml" and key in e.key for e in raised.value.errors)


def test_change_of_law_is_one_edit_and_governs_by_day_of_receipt(packs: Copy) -> None:
    """As AB 1821 would change Gov. Code § 7922.535(a), were it enacted."""
    text = (packs.folder / "us-ca/clocks.toml").read_text(encoding="utf-8")
    clock_text = text[text.index("[[clocks]]") :]
    newer = clock_text.replace('unit = "calendar_days"', 'unit = "business_days"').replace(
        "count = 10", "count = 10\nvalid_from = 2027-01-01"
    )
    packs.replace("us-ca/clocks.toml", "count = 10", "count = 10\nvalid_to = 2026-12-31")
    packs.append("us-ca/clocks.toml", f"\n{newer}")

    city = load_city(CONCORD, packs.folder)
    due = {day: derive(city, [happened(f"received {day}")])[0].due_on for day in
           ("2026-12-31", "2027-01-04")}  # fmt: skip
    assert due == {"2026-12-31": on("2027-01-11"), "2027-01-04": on("2027-01-19")}


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


def test_trigger_written_as_a_word_is_an_event() -> None:
    assert clock(met_by=["denied"]).met_by == (Trigger(event="denied"),)
