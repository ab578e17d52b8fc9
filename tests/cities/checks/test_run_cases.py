"""Cases counted by hand, and how a file of them is read."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cities.checks.run_cases import CaseError, derive_case, read_cases, run_case
from cities.schema.worked_cases import WorkedCase

CASES = read_cases(Path(__file__).parents[1] / "worked-cases.json")

PLAIN: dict[str, Any] = {
    "id": "X-01",
    "city": "us-or/portland",
    "events": [{"kind": "received", "at": "2026-11-02T10:00"}],
    "expect": {"acknowledgement": {"due_on": "2026-11-09"}},
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_worked_case_comes_out(case: WorkedCase) -> None:
    assert run_case(case).differences == (), case.basis


@pytest.mark.parametrize(
    ("at", "due_on"),
    [
        ("2026-11-02T23:30", "2026-11-09"),  # the city's own wall clock
        ("2026-11-03T07:30:00+00:00", "2026-11-09"),  # the same moment, told elsewhere
        ("2026-11-03T08:30:00Z", "2026-11-10"),  # half past midnight in Portland
        ("2026-11-02", "2026-11-09"),
    ],
)
def test_message_at_night_is_that_days_in_the_citys_zone(at: str, due_on: str) -> None:
    case = WorkedCase.model_validate({**PLAIN, "events": [{"kind": "received", "at": at}]})
    assert derive_case(case)[0].due_on == date.fromisoformat(due_on)


@pytest.mark.parametrize(
    ("expect", "difference"),
    [
        (
            {"response": {"due_on": "2026-11-23"}},
            "response due_on: 2026-11-23 expected, 2026-11-24 counted",
        ),
        ({"response": {"tolled": True}}, "response tolled: True expected, False counted"),
        ({"court": {"due_on": "2027-11-23"}}, "court: expected, but nothing starts it"),
        (
            {"response": {"dueon": "2026-11-24"}},
            "response dueon: 2026-11-24 expected, no such key as dueon counted",
        ),
        ({"response": None}, "response: none expected, but it is due 2026-11-24"),
    ],
)
def test_difference_is_said_in_words(expect: Any, difference: str) -> None:
    case = WorkedCase.model_validate({**PLAIN, "expect": expect})
    assert run_case(case).differences == (difference,)


def test_clock_that_must_not_run_passes_as_null() -> None:
    assert run_case(WorkedCase.model_validate({**PLAIN, "expect": {"court": None}})).passes


def test_impossible_events_are_a_difference() -> None:
    events = [*PLAIN["events"], {"kind": "fees_paid", "at": "2026-11-05"}]
    result = run_case(WorkedCase.model_validate({**PLAIN, "events": events}))
    assert "no fees estimated stands before it" in result.differences[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not readable as JSON"),
        ("{}", "a list of cases is expected"),
        (json.dumps([{**PLAIN, "events": []}]), "case X-01: events"),
        (json.dumps([{**PLAIN, "closures": [{"on": "Monday"}]}]), "case X-01: closures.0.on"),
        (json.dumps([{key: PLAIN[key] for key in ("id", "city", "events")}]), "case X-01: expect"),
        (json.dumps([3]), "case 1"),
    ],
)
def test_file_that_cannot_be_read_names_the_case_and_key(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "cases.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=said):
        read_cases(file)
