"""What a statute's clocks may say, and what is refused, by file and key."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from cities.clocks.derive import current, derive
from cities.schema.clock_rules import Clock, Trigger, check_clocks
from cities.schema.load import PackErrors, load_city, load_statute
from tests.cities.conftest import Copy
from tests.cities.worked import happened, on

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
        ('citation = "Franklin Code § 7"', "", "clocks[5].citation"),
        ('whose = "body"', 'whose = "nobody"', "clocks[5].whose"),
        ('silence_of = "appeal_decision"', 'due_of = "receipt"', "clocks[6].starts"),
        ("last_year = 2030", "last_year = 2022", "calendar.last_year"),
        ("first_year = 2026\n", "", "calendar.first_year"),
    ],
)
def test_fault_in_a_pack_names_file_and_key(packs: Copy, old: str, new: str, key: str) -> None:
    packs.replace("us-zz/clocks.toml", old, new)

    with pytest.raises(PackErrors) as raised:
        load_statute("us-zz", packs.folder)

    # Without its calendar or its clocks a statute has faults beside the one that was made.
    assert ("us-zz/clocks.toml", key) in {(e.file, e.key) for e in raised.value.errors}


def test_change_of_law_is_one_edit_and_governs_by_day_of_receipt(packs: Copy) -> None:
    """Ten calendar days until the end of 2026, ten business days since."""
    file = "us-yy/clocks.toml"
    text = (packs.folder / file).read_text(encoding="utf-8")
    old = text[text.index('[[clocks]]\nname = "response"') : text.index('[[clocks]]\nname = "deem')]
    newer = old.replace('"calendar_days"', '"business_days"') + "valid_from = 2027-01-01\n"
    packs.replace(file, old, f"{old.rstrip()}\nvalid_to = 2026-12-31\n\n")
    packs.append(file, f"\n{newer}")

    city = load_city("us-yy/elm-ford", packs.folder)

    due = {
        day: current(derive(city, [happened(f"received {day}")]), "response")
        for day in ("2026-12-31", "2027-01-04")
    }
    assert {day: found and found.due_on for day, found in due.items()} == {
        "2026-12-31": on("2027-01-11"),  # January 10 is a Sunday
        "2027-01-04": on("2027-01-19"),  # over Martin Luther King Jr. Day
    }


def test_trigger_written_as_a_word_is_an_event() -> None:
    assert clock(met_by=["denied"]).met_by == (Trigger(event="denied"),)
