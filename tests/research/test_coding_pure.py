"""Variables, codes and random choices, without a database."""

from dataclasses import replace
from decimal import Decimal

import pytest

from requests_app.research.coding import codes, variables
from requests_app.research.coding.codes import Code
from requests_app.research.coding.random_choice import choose
from requests_app.research.coding.variables import CodeValue, Variable
from requests_app.vocabulary.research.variable_types import VariableType

HOW_MUCH = Variable("how_much", "How much", VariableType.NUMBER)
WHEN = Variable("when", "When", VariableType.DATE)
SCALE = Variable(
    "scale",
    "Scale",
    VariableType.ORDINAL,
    values=(CodeValue("low", "Low"), CodeValue("mid", "Middle"), CodeValue("high", "High")),
)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("12", "12"), ("12.50", "12.5"), ("1,200", "1200"), ("-0", "0"), ("1e3", "1000"), ("", "")],
)
def test_a_number_is_written_one_way(written: str, kept: str):
    assert codes.canonical(HOW_MUCH, written) == kept


@pytest.mark.parametrize("written", ["twelve", "NaN", "Infinity", "1e999999"])
def test_what_is_no_number_is_refused(written: str):
    with pytest.raises(ValueError, match="write a number"):
        codes.canonical(HOW_MUCH, written)


def test_a_day_that_is_none_is_refused():
    with pytest.raises(ValueError, match="year-month-day"):
        codes.canonical(WHEN, "2026-02-30")


def test_codes_are_compared_as_what_they_are():
    assert codes.rated(HOW_MUCH, Code("12.5")) == Decimal("12.5")
    assert codes.rated(WHEN, Code("2026-11-03")) - codes.rated(WHEN, Code("2026-11-02")) == 1
    assert codes.rated(SCALE, Code("low")) == "low"


def test_a_passage_stands_in_a_document_whatever_its_spaces_and_quotes():
    note = Variable("note", "Note", VariableType.TEXT)
    found = {"note": Code("Vague.", "the  “exemption” does\nnot", "decision")}

    assert codes.problems([note], found, {"decision": 'The "exemption" does not apply.'}) == []


def test_what_cannot_be_read_is_believed():
    note = Variable("note", "Note", VariableType.TEXT)
    found = {"note": Code("Vague.", "anything", "file-1")}

    assert codes.problems([note], found, {"file-1": ""}) == []


def test_a_codebook_is_kept_and_read_back():
    kept = variables.stored([SCALE, replace(WHEN, meaning=3, rules="The decision’s own day.")])

    assert variables.stored(variables.read(kept)) == kept


@pytest.mark.parametrize(
    ("variable", "problem"),
    [
        (replace(SCALE, key="Scale"), "A key has"),
        (replace(SCALE, label=""), "a label"),
        (replace(SCALE, values=SCALE.values[:1]), "from two to"),
        (replace(SCALE, values=(*SCALE.values, SCALE.values[0])), "stands twice"),
        (replace(SCALE, values=(CodeValue("A b", "x"), *SCALE.values)), "no key of a value"),
        (replace(WHEN, values=SCALE.values), "has values"),
    ],
)
def test_a_variable_that_cannot_be_says_why(variable: Variable, problem: str):
    assert problem in variables.problem_of(variable)


def test_a_value_put_into_a_scale_changes_what_its_codes_mean_and_one_at_its_end_does_not():
    between = (SCALE.values[0], CodeValue("some", "Some"), *SCALE.values[1:])
    at_the_end = (*SCALE.values, CodeValue("most", "Most"))

    assert variables.changes_meaning(SCALE, replace(SCALE, values=between))
    assert not variables.changes_meaning(SCALE, replace(SCALE, values=at_the_end))


def test_the_same_seed_chooses_the_same_whatever_order_the_entries_come_in():
    one = choose(range(100), [1, 2], size=20, seed="study", deals_the_rest=True)
    other = choose(range(99, -1, -1), [1, 2], size=20, seed="study", deals_the_rest=True)

    assert one == other
    assert one.twice != choose(range(100), [1, 2], size=20, seed="b", deals_the_rest=True).twice


def test_everything_beyond_the_sample_is_dealt_to_one_coder_each():
    chosen = choose(range(100), [1, 2, 3], size=10, seed="study", deals_the_rest=True)

    dealt = [key for of in chosen.of_each.values() for key in of if key not in chosen.twice]
    assert sorted([*dealt, *chosen.twice]) == list(range(100))
    assert [len(of) for of in chosen.of_each.values()] == [40, 40, 40]


def test_the_rest_is_nobodys_where_it_is_not_dealt():
    chosen = choose(range(100), [1, 2], size=10, seed="study", deals_the_rest=False)

    assert chosen.of_each == {1: chosen.twice, 2: chosen.twice}
