"""What every part of a pack is made of: frozen values, and facts in their three forms.

A fact is stated by a source; or a source was read and sets nothing; or no source says.
In TOML the keys tell which:

    email = { value = "clerk@example.org", source = "example.org/clerk" }
    deadline = { none_set = true, value = "The Act sets none.", source = "Gov. Code § 7923.000" }
    fee = { ask = "the City Clerk", note = "The guide does not say." }
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, StringConstraints, Tag, model_validator

Text = Annotated[str, StringConstraints(min_length=1)]
"""A string that says something."""


class Value(BaseModel):
    """A frozen record that refuses unknown keys, so a misspelt key in a pack is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class FaultAtError(ValueError):
    """A fault at a key below the value that was checked, so that its line can be named."""

    def __init__(self, path: tuple[str | int, ...], problem: str) -> None:
        super().__init__(problem)
        self.path = path


class Confidence(StrEnum):
    """How sure we are of a fact. A memory weaker than UNVERIFIED is no fact, but not specified."""

    FOUND = "found"  # the words were read in a copy of the source
    SECOND_HAND = "second_hand"  # read in a summary, not in the operative text
    UNVERIFIED = "unverified"  # shown as such, and never put in a letter

    @property
    def may_enter_letter(self) -> bool:
        return self is not Confidence.UNVERIFIED


class Stated(Value):
    """A fact that a source states."""

    value: Text
    source: Text
    checked_on: date
    confidence: Confidence = Confidence.FOUND
    note: str = ""

    is_stated: Literal[True] = True

    @property
    def is_none_set(self) -> bool:
        return False

    @property
    def may_enter_letter(self) -> bool:
        return self.confidence.may_enter_letter


class NoneSet(Stated):
    """A source was read and sets none: `value` says so in a sentence ("The Act sets no limit.").

    Reads as a stated fact everywhere. It differs from `NotSpecified`, where nobody has looked it
    up or no source was found: here there is nothing to ask for.
    """

    none_set: Literal[True]

    @property
    def is_none_set(self) -> bool:
        return True


class NotSpecified(Value):
    """A fact that no source we read states. `ask` says who would know."""

    ask: Text
    note: str = ""

    is_stated: Literal[False] = False
    value: Literal[""] = ""

    @property
    def is_none_set(self) -> bool:
        return False

    @property
    def may_enter_letter(self) -> bool:
        return False


class Gap(NotSpecified):
    """Something people look for on a city's pages and do not find.

    `law` is what the statute supplies in its place, with its citation: the page's silence and the
    law's answer are two values and both are shown.
    """

    what: Text
    law: str = ""
    citation: str = ""

    @model_validator(mode="after")
    def _law_is_cited(self) -> Self:
        if bool(self.law) != bool(self.citation):
            raise ValueError(f"{self.what}: `law` and `citation` go together")
        return self


def _tag(raw: object) -> str:
    if isinstance(raw, dict):
        if "none_set" in raw:
            return "none_set"
        return "stated" if "value" in raw or "source" in raw else "not_specified"
    if isinstance(raw, NoneSet):
        return "none_set"
    return "stated" if isinstance(raw, Stated) else "not_specified"


Fact = Annotated[
    Annotated[Stated, Tag("stated")]
    | Annotated[NoneSet, Tag("none_set")]
    | Annotated[NotSpecified, Tag("not_specified")],
    Discriminator(_tag),
]
