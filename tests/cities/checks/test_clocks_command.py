"""`manage.py clocks`: a file of worked cases, a line each."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

CASES = Path(__file__).parents[1] / "worked-cases.json"
WRONG: dict[str, Any] = {
    "id": "X-02",
    "city": "us-mo/kansas-city",
    "why": "a day too early",
    "events": [{"kind": "received", "at": "2026-08-03"}],
    "expect": {"response": {"due_on": "2026-08-05"}},
}


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("clocks", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    file = tmp_path / "cases.json"
    right = {**WRONG, "id": "X-01", "expect": {"response": {"due_on": "2026-08-06"}}}
    file.write_text(json.dumps([right, WRONG]), encoding="utf-8")
    return str(file)


def test_clocks_prints_a_line_a_case_and_the_count() -> None:
    lines = run(str(CASES)).splitlines()
    assert lines[0] == "CT-01 pass"
    assert lines[-1] == "28 of 28"
    assert len(lines) == 29


def test_clocks_says_what_differs_and_fails(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        call_command("clocks", wrong)
    assert raised.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        "X-01 pass",
        "X-02 response due_on: 2026-08-05 expected, 2026-08-06 counted",
        "1 of 2",
    ]


def test_clocks_explains_one_case() -> None:
    text = run(str(CASES), "--explain", "CT-13")
    assert text.startswith("CT-13: a snow closure on the first counted day: unsettled\n")
    assert "Mon Jan 25              closed: snow emergency" in text


def test_clocks_gives_every_date_as_json() -> None:
    result = json.loads(run(str(CASES), "--json"))[0]
    deadline = result["deadlines"][0]
    assert (result["id"], result["pass"], deadline["due_on"]) == ("CT-01", True, "2026-08-07")
    assert deadline["days"][1] == {"on": "2026-08-04", "number": 1, "note": "", "until": None}
    assert "Tue Aug 4               1" in deadline["text"]


def test_clocks_names_a_case_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no case 'CT-99'"):
        run(str(CASES), "--explain", "CT-99")
    with pytest.raises(CommandError, match="No such file"):
        run(str(tmp_path / "none.json"))
