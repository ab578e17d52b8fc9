"""Two texts side by side: every word of both stands in the difference, once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.letters.wording import difference
from requests_app.letters.wording.difference import MOST_WORDS, Change, Run

OLD = "Dear Clerk:\n\nWe ask for all reports of 2025.\n\nThank you."
NEW = "Dear Clerk:\n\nWe ask for the reports of 2024 and 2025.\n\nThank you."


def test_words_added_and_removed_stand_where_they_were() -> None:
    assert difference.between(OLD, NEW) == [
        (Run(Change.SAME, "Dear Clerk:"),),
        (
            Run(Change.SAME, "We ask for "),
            Run(Change.REMOVED, "all "),
            Run(Change.ADDED, "the "),
            Run(Change.SAME, "reports of "),
            Run(Change.ADDED, "2024 and "),
            Run(Change.SAME, "2025."),
        ),
        (Run(Change.SAME, "Thank you."),),
    ]


def test_a_paragraph_more_is_an_added_paragraph() -> None:
    assert difference.between("One.\n\nTwo.", "One.\n\nOr.\n\nTwo.") == [
        (Run(Change.SAME, "One."),),
        (Run(Change.ADDED, "Or."),),
        (Run(Change.SAME, "Two."),),
    ]


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [("A b.", "A  b.\n", False), ("A b.", "A c.", True), ("", "", False), ("", "A", True)],
)
def test_only_words_make_a_difference(old: str, new: str, differs: bool) -> None:
    assert difference.is_any(difference.between(old, new)) is differs


def test_very_long_paragraphs_are_told_apart_as_a_whole() -> None:
    long = "word " * MOST_WORDS

    [paragraph] = difference.between(long, long + "more")

    assert [run.change for run in paragraph] == [Change.REMOVED, Change.ADDED]


TEXTS = st.lists(st.sampled_from(["a", "b", "c", " ", "\n", "\n\n"]), max_size=40).map("".join)


@given(old=TEXTS, new=TEXTS)
def test_each_text_is_what_is_left_without_the_other(old: str, new: str) -> None:
    found = difference.between(old, new)

    def words_without(change: Change) -> list[str]:
        kept = [run.words for paragraph in found for run in paragraph if run.change != change]
        return " ".join(kept).split()

    assert sorted(words_without(Change.ADDED)) == sorted("".join(old).split())
    assert sorted(words_without(Change.REMOVED)) == sorted("".join(new).split())
