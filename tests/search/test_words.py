"""What may be typed, and how either database is asked."""

import pytest

from requests_app.search.words import LONGEST, SearchError, SearchWords


@pytest.mark.parametrize(
    ("typed", "postgresql", "sqlite"),
    [
        ("tow", "('tow':*)", '("tow" *)'),
        ("tow yards", "('tow':*) & ('yards')", '("tow" * AND "yards")'),
        ("towing", "('towing')", '("towing")'),
        ('"tow yards"', "('tow' <-> 'yards')", '("tow yards")'),
        ("“tow yards”", "('tow' <-> 'yards')", '("tow yards")'),
        ("tow -draft", "('tow':*) & !('draft':*)", '("tow" *) NOT "draft" *'),
        ("STAM-2026-0012", "('STAM' <-> '2026' <-> '0012':*)", '("STAM 2026 0012" *)'),
        ("a b2", "('a') & ('b2':*)", '("a" AND "b2" *)'),
        ("clerk@city.example", "('clerk' <-> 'city' <-> 'example')", '("clerk city example")'),
        ("O'Brien", "('O' <-> 'Brien':*)", '("O Brien" *)'),
        ("tow & ! | ( * :", "('tow':*)", '("tow" *)'),
        ("AND or NOT", "('AND':*) & ('or':*) & ('NOT':*)", '("AND" * AND "or" * AND "NOT" *)'),
        ('"not closed', "('not' <-> 'closed')", '("not closed")'),
    ],
)
def test_typed_words_as_each_database_is_asked(typed: str, postgresql: str, sqlite: str) -> None:
    words = SearchWords.read(typed)

    assert (words.for_postgresql, words.for_sqlite) == (postgresql, sqlite)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type a word to look for: letters or digits."),
        ("  --  ''", "Type a word to look for: letters or digits."),
        ("-draft", "Type a word that is to be found too, beside those that are not."),
        ("x" * (LONGEST + 1), f"Look for fewer words: at most {LONGEST} characters."),
        ("a b c d e f g h i j k l m", "Look for fewer words: at most 12."),
    ],
)
def test_what_cannot_be_looked_for_says_what_to_type(typed: str, sentence: str) -> None:
    with pytest.raises(SearchError) as told:
        SearchWords.read(typed)

    assert str(told.value) == sentence
