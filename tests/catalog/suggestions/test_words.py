"""A word as it is compared, and which words say anything at all."""

import pytest

from requests_app.catalog.suggestions.dataset_terms import terms_in, years_in
from requests_app.catalog.suggestions.word_stems import stem


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("salary salaries", True),
        ("tow towed towing impounded", True),
        ("permit permits permitting", True),
        ("inspection inspections inspector inspected", True),
        ("license licensing licensed", True),
        ("zone zoning", True),
        ("mayor mayor's", True),
        ("footage foot", False),
        ("parking parks", False),
        ("officers offices", False),
        ("policies police", False),
        ("housing houses", False),
        ("building builds", False),
    ],
)
def test_words_of_one_meaning_are_one_term_and_others_are_not(words: str, same: bool) -> None:
    terms = {stem(word) for word in words.split()}

    assert (len(terms) == 1) is same


def test_several_words_that_name_one_thing_are_one_term() -> None:
    assert terms_in("Service requests made by phone") == terms_in("311 phone")
    assert terms_in("Use-of-Force incidents") == [stem("useofforce"), stem("incidents")]


def test_boilerplate_dates_and_numbers_say_nothing() -> None:
    boilerplate = (
        "Under the Sunshine Law, § 610.023, I request copies of all public records of the City "
        "from January 2023 to March 2024, case 24-081455, in electronic format. I’m a reporter."
    )

    assert terms_in(boilerplate) == []


def test_years_are_read_apart_and_a_span_is_every_year_of_it() -> None:
    assert years_in("Permits 2019-2021 and 2024; 1,999 of them cost $2,015") == {
        2019, 2020, 2021, 2024,
    }  # fmt: skip
