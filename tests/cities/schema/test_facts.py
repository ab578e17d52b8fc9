"""Facts: stated, set to none, or not specified."""

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from cities.schema.facts import Confidence, Fact, NoneSet, NotSpecified, Stated
from cities.schema.legal_sentences import Sentence

FACT: TypeAdapter[Any] = TypeAdapter(Fact)
CHECKED_ON = date(2026, 11, 21)


def test_fact_with_a_value_is_stated() -> None:
    fact = FACT.validate_python({"value": "$0.50", "source": "§ 1-212", "checked_on": CHECKED_ON})

    assert type(fact) is Stated
    assert fact.is_stated
    assert not fact.is_none_set
    assert fact.may_enter_letter


def test_fact_that_a_source_sets_to_none_says_so_and_reads_as_stated() -> None:
    fact = FACT.validate_python(
        {"none_set": True, "value": "None.", "source": "§ 7922.535", "checked_on": CHECKED_ON}
    )

    assert type(fact) is NoneSet
    assert fact.is_stated
    assert fact.is_none_set


@pytest.mark.parametrize(
    ("raw", "missing"),
    [
        ({"source": "§ 1", "checked_on": CHECKED_ON}, "value"),
        ({"value": "$0.50", "checked_on": CHECKED_ON}, "source"),
        ({}, "ask"),
    ],
)
def test_half_a_fact_names_the_half_that_is_missing(raw: dict[str, Any], missing: str) -> None:
    with pytest.raises(ValidationError) as refused:
        FACT.validate_python(raw)

    assert [(e["type"], e["loc"][-1]) for e in refused.value.errors()] == [("missing", missing)]


def test_fact_without_a_source_to_state_it_is_not_specified_and_enters_no_letter() -> None:
    fact = FACT.validate_python({"ask": "the City Clerk"})

    assert type(fact) is NotSpecified
    assert not fact.is_stated
    assert not fact.may_enter_letter
    assert fact.value == ""


@pytest.mark.parametrize(
    ("confidence", "may_enter"), [("found", True), ("second_hand", True), ("unverified", False)]
)
def test_stated_fact_enters_a_letter_unless_it_is_unverified(
    confidence: str, may_enter: bool
) -> None:
    fact = Stated(value="x", source="y", checked_on=CHECKED_ON, confidence=Confidence(confidence))

    assert fact.may_enter_letter is may_enter


def test_sentence_on_an_unverified_fact_cannot_be_made() -> None:
    with pytest.raises(ValidationError, match="found"):
        Sentence.model_validate({"text": "x", "source": "y", "confidence": "unverified"})


def test_sentence_with_an_unknown_placeholder_is_refused_by_name() -> None:
    with pytest.raises(ValidationError, match=r"\{due_one\} is not a placeholder.*\{due_on\}"):
        Sentence(text="by {due_one}", source="y")


def test_sentence_with_a_stray_brace_is_refused() -> None:
    with pytest.raises(ValidationError, match="text"):
        Sentence(text="by {due_on", source="y")
