"""How letters name their exhibits, and how they name them once the order is another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.vocabulary.exhibit_numbers import named, numbers_in, renumbered


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([2], "Exhibit 2"),
        ([1, 2], "Exhibits 1 and 2"),
        ([1, 3], "Exhibits 1 and 3"),
        ([2, 3, 4, 5], "Exhibits 2 through 5"),
        ([1, 3, 4, 5, 9], "Exhibits 1, 3 through 5 and 9"),
    ],
)
def test_exhibits_are_named_as_a_sentence_names_them(numbers: list[int], words: str):
    assert named(numbers) == words


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("See Exhibit 3.", {3}),
        ("See Exhibits 2–4 and 7.", {2, 3, 4, 7}),
        ("See Exhibits 1, 2, and 4.", {1, 2, 4}),
        ("Under Exhibit 2 and 30 days later", {2}),
        ("Exhibit A of the contract", set()),
        ("exhibits were shown", set()),
    ],
)
def test_numbers_are_read_from_a_text(text: str, numbers: set[int]):
    assert numbers_in(text) == numbers


@given(st.sets(st.integers(1, 60), min_size=1))
def test_what_is_named_is_read_back(numbers: set[int]):
    assert numbers_in(f"We rest on {named(numbers)}, and ask for costs.") == numbers


def test_references_follow_their_exhibits():
    text = "The denial (Exhibit 2) and the request (Exhibit 1); see Exhibits 1 and 3."

    now = renumbered(text, {1: 3, 2: 1, 3: 2})

    assert now == "The denial (Exhibit 1) and the request (Exhibit 3); see Exhibits 2 and 3."


def test_reference_to_what_was_removed_is_a_place_to_fill_in():
    text = "As Exhibit 2 shows. See Exhibits 1 and 2."

    now = renumbered(text, {1: 1, 2: None})

    assert now == "As [[Exhibit 2 was removed: say it without it]] shows. See Exhibit 1."


def test_text_that_names_nothing_new_is_left_as_it_is():
    assert (
        renumbered("See Exhibits 1, 2, and 3.", {1: 1, 2: 2, 3: 3}) == "See Exhibits 1, 2, and 3."
    )
