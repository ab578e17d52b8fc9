"""Dates, money and sentences as they stand on paper."""

import pytest

from requests_app.letters.facts import phrases


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("it informs the public", "It informs the public."),
        (" Already a sentence. ", "Already a sentence."),
        ("is it?", "Is it?"),
        ("", ""),
    ],
)
def test_phrase_becomes_a_sentence(typed: str, written: str) -> None:
    assert phrases.sentence(typed) == written
