"""The grounds for withholding: what a city must prove, what answers it, and what speaks for it.

An argument is one paragraph as a filing prints it. Where it needs a fact of the case it holds a
place to fill in, written as in letters: [[the day the contract was signed]].
"""

import re
from typing import Annotated, Literal, TypeVar

from pydantic import StringConstraints, field_validator

from cities.schema.facts import Confidence, FaultAtError, Text, Value
from cities.schema.grievances import GrievanceKind

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
"""A name that rows may keep: small letters, digits and underscores."""

ArgumentPoint = Literal[
    "burden", "narrow_reading", "segregation", "ground_in_writing", "not_covered", "ended", "facts",
    "charge", "waiver", "search", "custody", "time",
]  # fmt: skip
"""What an argument says: the city must prove it; it is read narrowly; the rest is released; the
ground must be stated in writing; it does not reach these records; it has ended; the facts. Where
nothing was withheld: what may be charged; who is spared it; how to look for records; whose they
are; by when to answer."""

T = TypeVar("T", bound="Argument")

GAP = re.compile(r"\[\[([^\[\]\n]+)\]\]")


class Argument(Value):
    """One paragraph against a ground for withholding, with the authority that it rests on."""

    slug: Slug
    point: ArgumentPoint
    text: Text
    authority: Text  # as it is printed
    source: Text  # where the authority was seen
    confidence: Confidence = Confidence.UNVERIFIED
    facts_needed: tuple[Text, ...] = ()  # what the writer must find out, as questions

    @property
    def may_be_printed(self) -> bool:
        return self.confidence.may_enter_letter

    @property
    def gaps(self) -> tuple[str, ...]:
        """What the writer must fill in, as the text names it."""
        return tuple(match[1] for match in GAP.finditer(self.text))


class GeneralArgument(Argument):
    """A paragraph against any claim of an exemption, or against what is no withholding."""

    follows: tuple[GrievanceKind, ...] = ("denied", "granted_in_part")


class ContraryAuthority(Value):
    """Authority for the city: for the writer to know before filing, and never printed."""

    text: Text
    authority: Text
    source: Text
    confidence: Confidence = Confidence.UNVERIFIED


class Exemption(Value):
    """A ground for withholding. It and each argument against it are not equally well verified."""

    slug: Slug
    citation: Text
    title: Text
    confidence: Confidence = Confidence.UNVERIFIED
    must_show: Text
    arguments: tuple[Argument, ...] = ()
    against: tuple[ContraryAuthority, ...] = ()

    @field_validator("arguments")
    @classmethod
    def _slugs_differ(cls, arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
        return each_slug_once(arguments)

    @property
    def printable_arguments(self) -> tuple[Argument, ...]:
        """The arguments that may stand in a filing."""
        return tuple(argument for argument in self.arguments if argument.may_be_printed)


def each_slug_once(arguments: tuple[T, ...]) -> tuple[T, ...]:
    """The arguments, when no two have one slug: what a writer chose must stay what it was."""
    seen: set[str] = set()
    for number, argument in enumerate(arguments):
        if argument.slug in seen:
            raise FaultAtError(
                (number, "slug"), f"{argument.slug!r} stands twice: each may be used once"
            )
        seen.add(argument.slug)
    return arguments
