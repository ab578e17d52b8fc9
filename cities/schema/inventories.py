"""What the law makes a city write down of the records and systems it keeps: where to look first."""

from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from cities.schema.facts import Confidence, Fact, Text, Value
from cities.schema.offices import https_only

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Inventory(Value):
    """A catalog of systems, or a schedule that says which records are kept and for how long.

    `sentence` may be put into a letter by its writer; an unverified inventory has none.
    """

    slug: Slug
    name: Text
    text: Text  # what it lists, and what the law requires of it
    citation: Text
    source: Text
    confidence: Confidence = Confidence.FOUND
    is_posted_by_law: bool = False  # whether the law makes the city itself publish it
    where: Fact  # its address, or who has it
    note: str = ""
    sentence: str = ""

    @model_validator(mode="after")
    def _only_what_was_read_enters_a_letter(self) -> Self:
        if self.sentence and not self.confidence.may_enter_letter:
            raise ValueError(
                f"{self.slug}: leave `sentence` out, or verify the fact: what is unverified "
                "never reaches a letter"
            )
        https_only(self.where)
        return self
