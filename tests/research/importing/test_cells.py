"""One cell as a value: days, money, yes and no, words; and what is refused with a sentence."""

from datetime import date
from decimal import Decimal

import pytest

from requests_app.research.importing.cells import CellRules, read_cell
from requests_app.research.log_table.columns import BY_NAME

RULES = CellRules()
DAY_FIRST = CellRules(is_day_first=True)


def day_of(cell: object, rules: CellRules = RULES) -> tuple[object, object]:
    said = read_cell(BY_NAME["filed_on"], cell, rules)
    return said["filed_on"], said.get("filed_precision")


@pytest.mark.parametrize(
    ("cell", "rules", "day"),
    [
        ("3/4/2019", RULES, (date(2019, 3, 4), "day")),
        ("3/4/2019", DAY_FIRST, (date(2019, 4, 3), "day")),
        ("04.03.2019", DAY_FIRST, (date(2019, 3, 4), "day")),
        ("2019-03-04", DAY_FIRST, (date(2019, 3, 4), "day")),
        ("2019-03-04 17:30:00", RULES, (date(2019, 3, 4), "day")),
        ("2019-03-04T17:30:00+00:00", RULES, (date(2019, 3, 4), "day")),
        (43528, RULES, (date(2019, 3, 4), "day")),
        ("43528.5", RULES, (date(2019, 3, 4), "day")),
        ("March 2019", RULES, (date(2019, 3, 1), "month")),
        (2019, RULES, (date(2019, 1, 1), "year")),
        ("", RULES, (None, None)),
        ("N/A", RULES, (None, None)),
    ],
)
def test_a_day_in_each_way_that_it_is_written(cell, rules, day):
    assert day_of(cell, rules) == day


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("fees_charged", "$1,234.5", Decimal("1234.50")),
        ("fees_charged", 12.5, Decimal("12.50")),
        ("fees_charged", "none", None),
        ("is_under_privacy_act", "Yes", True),
        ("is_under_privacy_act", False, False),
        ("is_under_privacy_act", "", None),
        ("city", "Kansas City", "us-mo/kansas-city"),
        ("state", "Decided", "decided"),
    ],
)
def test_other_cells(name, cell, value):
    assert read_cell(BY_NAME[name], cell, RULES)[name] == value


@pytest.mark.parametrize(
    ("name", "cell", "said"),
    [
        ("subject", "a\x00b", "It holds a character that is no text"),
        ("subject", "\ud800", "It holds a character that is no text"),
        ("subject", "x" * 501, "It has 501 characters, and 500 fit"),
        ("request_url", "javascript:alert(1)", "“javascript:alert(1)” is no web address"),
        ("perfected_on", "March 2019", "“March 2019” is no whole day"),
        ("filed_on", "13/13/2019", "“13/13/2019” is no date that we can read"),
        ("fees_charged", "a lot", "“a lot” is no amount"),
        ("fees_charged", "NaN", "“NaN” is no amount"),
        ("is_under_privacy_act", "maybe", "“maybe” is neither yes nor no"),
        ("state", "sleeping", "“sleeping” is none of our words"),
        ("exemptions", '[{"other": 1}]', "Of an exemption the desk reads as_claimed"),
    ],
)
def test_what_is_refused_says_what_to_do(name, cell, said):
    with pytest.raises(ValueError, match="^" + said.replace("(", r"\(").replace(")", r"\)")):
        read_cell(BY_NAME[name], cell, RULES)


def test_a_word_that_we_have_none_for_stays_alone():
    assert read_cell(BY_NAME["status"], "Sort of", RULES) == {
        "status": "", "status_as_stated": "Sort of",
    }  # fmt: skip
