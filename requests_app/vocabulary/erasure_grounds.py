"""Why the law, or who sent it, wants a message gone. Stored by its name; read in a notice."""

from enum import StrEnum
from typing import Self


class ErasureGround(StrEnum):
    """The name in the database, the words of a choice, and those behind a colon in a notice."""

    words: str

    def __new__(cls, value: str, words: str = "") -> Self:
        ground = str.__new__(cls, value)
        ground._value_, ground.words = value, words
        return ground

    NAMES_A_MINOR = "names_a_minor", "it names a minor"
    PERSONAL_NUMBER = "personal_number", "it holds a Social Security or other personal number"
    COURT_ORDER = "court_order", "a court ordered it"
    SENT_BY_MISTAKE = "sent_by_mistake", "it was sent by mistake and asked back"
    PRIVACY_LAW = "privacy_law", "a privacy law gives a right to it"


def erasure_grounds() -> list[tuple[str, str]]:
    """The choices of a form."""
    return [(one.value, f"{one.words[0].upper()}{one.words[1:]}") for one in ErasureGround]
