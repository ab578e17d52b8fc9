"""What a body requires of a filing: its parts, its limits, and the days it sets."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from cities.schema.clock_rules import Unit
from cities.schema.facts import Confidence, Fact, Stated, Text, Value
from cities.schema.filings.exemptions import Slug
from cities.schema.grievances import GrievanceKind

BundlePart = Literal[
    "timeline", "deadlines", "appeal_letter", "request", "answers", "denial", "fees",
    "earlier_decision", "correspondence", "proof_of_receipt",
]  # fmt: skip
"""What the papers of an appeal may be made of. "answers" is what the city said, "denial" the act
that is challenged, "correspondence" everything either side sent, "proof_of_receipt" what shows that
the custodian had the request."""

RequirementKind = Literal["exhibit", "fact", "form", "copies", "service", "signature", "fee"]

KnownFact = Literal[
    "contact", "asked_on", "violation_on", "agency", "official", "denied_by", "records",
    "received_on",
]  # fmt: skip
"""A fact that the desk may know: how to reach us, when we asked, when we were wronged, the agency
and its address, the official in charge, who denied it, what was asked for, when the custodian had
it."""


class Requirement(Value):
    """One line of a route's checklist, and the law that asks for it."""

    slug: Slug
    kind: RequirementKind
    text: Text
    why: Text  # a sentence with the citation
    parts: tuple[BundlePart, ...] = ()  # of an exhibit: any one of these satisfies it
    copy_to: str = ""  # of copies: the role of the city's office; empty: a person ticks it
    known_from: tuple[KnownFact, ...] = ()  # of a fact: all of these; empty: a person ticks it
    follows: tuple[GrievanceKind, ...] = ()  # only over one of these; empty: over any
    is_mandatory: bool = False
    source: Text
    confidence: Confidence = Confidence.UNVERIFIED


class FilingLimits(Value):
    """How long and how large a filing may be. What is left out is not specified."""

    ask: Text
    max_pages: Fact
    max_bytes: Fact
    separate_files: Fact  # "yes" where the body wants each exhibit as a file of its own, "no"

    @model_validator(mode="before")
    @classmethod
    def _left_out_is_not_specified(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        unknown = {"ask": raw.get("ask") or "the body that decides"}
        return {
            **unknown, "max_pages": unknown, "max_bytes": unknown, "separate_files": unknown, **raw,
        }  # fmt: skip

    @field_validator("max_pages", "max_bytes")
    @classmethod
    def _is_a_number(cls, fact: Fact) -> Fact:
        if isinstance(fact, Stated) and not fact.is_none_set and not fact.value.isdecimal():
            raise ValueError(f"{fact.value!r} is no whole number: write it as 25000000")
        return fact

    @field_validator("separate_files")
    @classmethod
    def _is_yes_or_no(cls, fact: Fact) -> Fact:
        if isinstance(fact, Stated) and fact.value not in ("yes", "no"):
            raise ValueError(f"{fact.value!r} is neither yes nor no")
        return fact

    @property
    def pages(self) -> int | None:
        return _number(self.max_pages)

    @property
    def bytes(self) -> int | None:
        return _number(self.max_bytes)

    @property
    def wants_separate_files(self) -> bool | None:
        """None where no source says."""
        return self.separate_files.value == "yes" if self.separate_files.is_stated else None


class ProceedingDay(Value):
    """A day in a proceeding that no clock counts: set by the body, or counted by the law.

    One that the body sets is entered by a person when its notice comes.
    """

    slug: Slug
    name: Text  # "Hearing"
    kind: Literal["hearing", "answer", "submission", "decision", "compliance", "suit", "review"]
    whose: Literal["body", "city", "ours"]  # who must act by it
    count: Annotated[int, Field(gt=0)] | None = None
    unit: Unit | None = None
    counted_from: str = ""  # the act, in words; empty where the body sets the day
    rule: Text
    citation: str = ""  # empty where no law speaks of it and the body sets it
    source: Text
    confidence: Confidence = Confidence.UNVERIFIED

    @property
    def is_set_by_the_body(self) -> bool:
        return self.count is None

    @model_validator(mode="after")
    def _is_counted_in_full(self) -> Self:
        given = (self.count is not None, self.unit is not None, bool(self.counted_from))
        if any(given) and not all(given):
            raise ValueError(f"{self.slug}: `count`, `unit` and `counted_from` go together")
        if self.count is not None and not self.citation:
            raise ValueError(f"{self.slug}: a day that the law counts needs its `citation`")
        return self


def _number(fact: Fact) -> int | None:
    return int(fact.value) if fact.value.isdecimal() else None
