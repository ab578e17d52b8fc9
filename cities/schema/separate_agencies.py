"""Bodies in a city's name or place that are agencies of their own: a request for their records is
made to them."""

from pydantic import field_validator

from cities.schema.facts import Confidence, Text, Value


class SeparateAgency(Value):
    """One such body, the words in a request that hint at it, and who is asked instead."""

    name: Text  # in a sentence: "the school board"
    words: tuple[Text, ...]
    ask: Text
    citation: Text  # what makes it an agency of its own
    confidence: Confidence = Confidence.FOUND

    @field_validator("words")
    @classmethod
    def _are_words(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        if not words:
            raise ValueError("give at least one word that hints at it")
        if wrong := [word for word in words if word != word.lower()]:
            raise ValueError(f"write {wrong[0]!r} in small letters")
        return words
