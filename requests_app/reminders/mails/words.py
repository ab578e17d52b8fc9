"""What a clock is called in a mail, and how far off its day is."""

from datetime import date
from typing import NamedTuple


class Named(NamedTuple):
    """For a subject, "Our appeal is due tomorrow"; for a sentence, "We have until … to appeal"."""

    what: str
    to_do: str


CLOCKS = {
    "acknowledgement": Named("The acknowledgement", "to acknowledge the request"),
    "response": Named("The city’s answer", "to answer"),
    "grounds": Named("The city’s grounds", "to state its grounds"),
    "deemed_denial": Named("The city’s answer", "to answer before silence is a denial"),
    "fee_lapse": Named("Settling the fee", "to settle the fee"),
    "clarification_lapse": Named("Our answer to the question", "to answer the city’s question"),
    "appeal": Named("Our appeal", "to appeal"),
    "appeal_decision": Named("The decision on the appeal", "to decide the appeal"),
    "compliance": Named("Compliance with the decision", "to comply with the decision"),
    "court": Named("Our complaint to the court", "to go to court"),
    "reminder": Named("The newsroom’s reminder", "to look at the request"),
}
HAVE = {"city": "The city has", "body": "The reviewing body has", "ours": "We have"}
HAD = {"city": "The city had", "body": "The reviewing body had", "ours": "We had"}


def named(clock: str) -> Named:
    """By its name where a pack has a clock that is not in the table."""
    plain = clock.replace("_", " ")
    return CLOCKS.get(clock, Named(plain.capitalize(), f"for the {plain}"))


def in_words(on: date) -> str:
    """ "Friday, December 4, 2026" """
    return f"{on:%A, %B} {on.day}, {on.year}"


def short(on: date) -> str:
    """ "Fri Dec 4" """
    return f"{on:%a %b} {on.day}"


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def distance(due: date, today: date, business_days_late: int) -> str:
    """ "due in 3 days", "due tomorrow", "due today", "2 business days late" """
    left = (due - today).days
    if left > 1:
        return f"due in {left} days"
    if left >= 0:
        return "due tomorrow" if left else "due today"
    # Late on a weekend or a holiday: no business day has passed yet.
    return f"{count(business_days_late, 'business day')} late" if business_days_late else "late"


def in_a_row(days: list[date]) -> str:
    """ "Nov 14", "Nov 14 and Nov 15", "Nov 14, Nov 15 and Nov 16" """
    words = [short(day) for day in sorted(set(days))]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""
