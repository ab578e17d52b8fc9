"""What a letter looks like to a machine: a suggestion, with the words that made it.

A suggestion changes nothing. A person reads the letter and confirms it, or dismisses it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class SuggestionKind(StrEnum):
    ACKNOWLEDGEMENT = "acknowledgement"
    CLARIFICATION = "clarification"
    FEE_ESTIMATE = "fee_estimate"
    EXTENSION = "extension"
    DENIAL = "denial"
    GRANTED_IN_PART = "granted_in_part"
    RECORDS_ENCLOSED = "records_enclosed"
    NO_RECORDS = "no_records"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the letter: `text_without_quotes[start:end]`, or the subject's."""

    start: int
    end: int
    text: str
    is_subject: bool = False


@dataclass(frozen=True, slots=True)
class Details:
    """What the letter says of it, as far as it is said."""

    amount: Decimal | None = None  # fee estimate, in dollars
    until: date | None = None  # extension
    exemptions: tuple[str, ...] = ()  # the pack's own citations
    cited: tuple[str, ...] = ()  # every section the letter names, as it writes it
    referred_to: str = ""
    tracking_number: str = ""  # the city's


@dataclass(frozen=True, slots=True)
class Suggestion:
    kind: SuggestionKind
    details: Details
    words: tuple[Span, ...]
    rule: str  # the name of the rule in phrases.toml
