"""The legal sentences that letters may quote: which there are, and what one is made of."""

from string import Formatter
from typing import Literal

from pydantic import field_validator

from cities.values import Confidence, Text, Value

SENTENCES = {
    "request_line": "opens a request, before a comma: the law and its citation",
    "deadline_line": "when the city must answer; {due_on} is our count",
    "silence_line": "what the law makes of no answer",
    "denial_line": "what a denial must contain",
    "segregation_line": "the rest is released when a part is exempt",
    "estimate_line": "the law's word on estimates",
    "waiver_line": "the ground on which fees are waived or reduced",
    "redirect_line": "the law's word on a request that reached the wrong office",
}
"""One that no verified fact supports is left out of a pack, and so out of the letter."""

PLACEHOLDERS = frozenset({"due_on"})


class Sentence(Value):
    """A legal sentence in our own words, with the provision it rests on.

    A confidence of "unverified" is refused: such a fact never reaches a letter.
    """

    text: Text
    source: Text
    confidence: Literal[Confidence.FOUND, Confidence.SECOND_HAND] = Confidence.FOUND

    @field_validator("text")
    @classmethod
    def _has_known_placeholders(cls, text: str) -> str:
        used = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        if unknown := sorted(used - PLACEHOLDERS):
            raise ValueError(
                f"{{{unknown[0]}}} is not a placeholder; there is {{{'}, {'.join(PLACEHOLDERS)}}}"
            )
        return text
