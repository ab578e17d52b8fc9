"""One fact of a letter with its source. What is not stated is left out, and so is its sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from requests_app.letters.facts.declared_facts import Declared
from requests_app.vocabulary import dates_and_amounts

TYPED = "entered by the newsroom"
LEDGER = "the request's ledger"
DESK = "Records Desk"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a letter, as it is printed, and who says so."""

    value: Any
    source: str


Facts = dict[str, Fact]


def complete(facts: Facts, declared: Mapping[str, Declared]) -> dict[str, Any]:
    """Every declared name with its value, None for what is not stated."""
    return {name: facts[name].value if name in facts else None for name in declared}


def stated(source: str, **values: Any) -> Facts:
    """Those of the values that say something, as facts of one source."""
    return {
        name: Fact(value, source)
        for name, value in values.items()
        if value not in (None, "", False, [], ())
    }


def day_of(on: date | None) -> str | None:
    return dates_and_amounts.day(on) if on else None


def dollars(amount: Decimal | None) -> str | None:
    return None if amount is None else dates_and_amounts.dollars(amount)
