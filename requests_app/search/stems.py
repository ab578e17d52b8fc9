"""What all endings of an English word share, as PostgreSQL's snowball has it."""

from functools import lru_cache

import snowballstemmer

stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """Of a word in small letters."""
    return str(stemmer.stemWord(word))
