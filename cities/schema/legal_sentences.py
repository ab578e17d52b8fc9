"""The legal sentences that letters may quote: which there are, and what one is made of."""

from string import Formatter
from typing import Annotated, Literal

from pydantic import AfterValidator, field_validator

from cities.schema.facts import Confidence, Text, Value

SENTENCES = {
    "request_line": "opens a request, before a comma: the law and its citation",
    "deadline_line": "when the city must answer; {due_on} is our count",
    "undated_line": "the same by the law's own count, and what it makes of silence; without a day",
    "silence_line": "what the law makes of no answer",
    "prompt_line": "how soon the records are due, where no day is counted",
    "denial_line": "what a denial must contain",
    "segregation_line": "the rest is released when a part is exempt",
    "estimate_line": "the law's word on estimates",
    "waiver_line": "the ground on which fees are waived or reduced",
    "redirect_line": "the law's word on a request that reached the wrong office",
    "data_line": "what the law or the city's code says of data that it publishes",
    "late_line": "what the law required by the day that has passed, and makes of silence past it",
    "remedy_line": "where the law opens a way after silence, if the route's citation says it badly",
    "extension_line": "when the law lets a city take more time, and what it must say then",
    "use_line": "what our use is, where the law gives weight to it",
    "fee_line": "what the law lets a city charge",
    "grounds_line": "what the grounds of a denial must state",
    "burden_line": "who must show that a record may be withheld",
    "penalty_line": "what a body that decides may impose beyond an order",
    "compliance_line": "by when the city must comply with a decision, where the law counts it",
    "preserve_line": "what the law says of the records once a suit is brought",
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


def _are_known(sentences: dict[str, Sentence]) -> dict[str, Sentence]:
    if unknown := sorted(sentences.keys() - SENTENCES.keys()):
        raise ValueError(f"no letter uses {unknown[0]!r}; there are {', '.join(SENTENCES)}")
    return sentences


Sentences = Annotated[dict[str, Sentence], AfterValidator(_are_known)]
"""A folder's sentences, by their key in SENTENCES."""
