"""The sentence that is shown, and which of its words are marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.search.snippets import snippet
from requests_app.search.words import SearchError, SearchWords


def shown(text: str, typed: str) -> str:
    pieces = snippet(text, SearchWords.read(typed))
    return "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "typed", "wanted"),
    [
        ("The tow yards.", "yards", "The tow [yards]."),
        ("Redacting them all, redacted.", "redact", "[Redacting] them all, [redacted]."),
        ("The city's towing.", "tow", "The city's [towing]."),
        ("A tower, a towel.", '"tow"', "A tower, a towel."),
        ("Several policies.", '"policy"', "Several [policies]."),
        ("One\n\n  line.", "line", "One [line]."),
        ("Nothing of it", "absent", "Nothing of it"),
        ("Peña wrote", "peña", "[Peña] wrote"),
        ("", "tow", ""),
    ],
)
def test_words_are_marked_in_any_of_their_endings(text: str, typed: str, wanted: str) -> None:
    assert shown(text, typed) == wanted


def test_long_text_is_cut_between_words_on_both_sides() -> None:
    text = "before " * 100 + "the towing invoices " + "after " * 100

    found = shown(text, "towing")

    assert found.startswith("… before before")
    assert "the [towing] invoices after" in found
    assert found.endswith("after …")
    assert len(found) < 300


def test_no_word_of_a_text_is_looked_at_that_cannot_fit() -> None:
    """A long file is not stemmed whole: its snippet is made while somebody waits."""
    assert "[towing]" in shown("parking " * 200_000 + "towing", "towing")


@given(st.text(max_size=300), st.text(min_size=1, max_size=20))
def test_any_text_has_a_snippet_that_says_what_it_says(text: str, typed: str) -> None:
    try:
        words = SearchWords.read(typed)
    except SearchError:
        return
    said = "".join(piece.text for piece in snippet(text, words)).replace("…", " ")

    plain = "".join(text.replace("…", " ").split())
    assert all("".join(part.split()) in plain for part in said.split())
