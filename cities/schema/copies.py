"""Who has a copy of a letter, beside the office or body that it is for.

A city's guide or its law may name an office that should have one: `City.copies`. What a copy of
that kind does, and by which way it goes, is said here as data; a person may add or drop one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from pydantic import field_validator, model_validator

from cities.schema.facts import Confidence, Text, Value
from cities.schema.offices import OfficeRole, RequestKind


class CopiedLetters(StrEnum):
    """The letters of which an office may have copies."""

    REQUESTS = "requests"  # what begins a request
    REPLIES = "replies"  # what we write to the city afterwards
    CHALLENGES = "challenges"
    MISUSE = "misuse"  # a complaint about misuse of the city's data


class CopyGoesBy(StrEnum):
    """The ways by which an office takes a copy."""

    EMAIL = "email"
    POST = "post"
    PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class LetterToBeCopied:
    """What decides who has a copy of it: the request's kind, and whom the letter is for.

    `written_to` is the role of the city's office; empty where a challenge goes to another body.
    `route` is a challenge's.
    """

    letters: CopiedLetters
    kind: RequestKind
    written_to: str = ""
    route: str = ""


class CopyRule(Value):
    """One of the city's offices, and the letters of which it should have a copy."""

    slug: Text
    office: OfficeRole
    letters: tuple[CopiedLetters, ...]
    for_kinds: tuple[RequestKind, ...] = tuple(RequestKind)
    written_to: tuple[OfficeRole, ...] = ()  # only of letters to one of these; empty: to any other
    routes: tuple[str, ...] = ()  # of challenges: only by these; empty: by any
    goes_by: tuple[CopyGoesBy, ...] = (CopyGoesBy.EMAIL, CopyGoesBy.POST)  # the first that can be
    is_proposed: bool = True  # False: a person is offered it, and it is not chosen at first
    is_required: bool = False  # the law looks to this office, so dropping the copy is warned of
    starts_clock: bool = False  # the city's time runs from this office's receipt, and no other's
    why: Text
    source: Text
    confidence: Confidence = Confidence.FOUND

    @field_validator("letters", "goes_by")
    @classmethod
    def _names_at_least_one(cls, named: tuple[StrEnum, ...]) -> tuple[StrEnum, ...]:
        if not named:
            raise ValueError("name at least one")
        return named

    @model_validator(mode="after")
    def _what_is_not_verified_is_only_offered(self) -> Self:
        if not self.confidence.may_enter_letter and (self.is_proposed or self.is_required):
            raise ValueError(
                "an unverified copy may be offered and not proposed: write is_proposed = false"
            )
        if self.starts_clock and not self.is_required:
            raise ValueError("a copy that starts a clock is required: write is_required = true")
        return self

    def fits(self, letter: LetterToBeCopied) -> bool:
        """Whether it is for such a letter. Whom a letter is for has no copy of it."""
        return (
            letter.letters in self.letters
            and letter.kind in self.for_kinds
            and letter.written_to != self.office
            and (not self.written_to or letter.written_to in self.written_to)
            and (not self.routes or not letter.route or letter.route in self.routes)
        )


def rules_for(rules: Iterable[CopyRule], letter: LetterToBeCopied) -> tuple[CopyRule, ...]:
    """Those of the rules that are for such a letter, in the pack's order."""
    return tuple(rule for rule in rules if rule.fits(letter))
