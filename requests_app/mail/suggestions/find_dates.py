"""Dates as American offices write them; a year left out is the one that makes it come next."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATES = re.compile(
    rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(20\d\d))?(?![\d:])"
    rf"|\b(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(20\d\d))?\b"
    r"|(?<![\d/-])(\d{1,2})[/-](\d{1,2})[/-](20\d\d|\d\d)(?![\d/-])"
    r"|(?<![\d/-])(20\d\d)-(\d\d)-(\d\d)(?![\d-])"
    r"|(?<![\d/.$-])(\d{1,2})/(\d{1,2})(?![\d/-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    day: date
    start: int
    end: int


def dates(text: str, on: date) -> Iterator[Dated]:
    """Every date that exists, in order; `on` is the day of the letter."""
    for match in _DATES.finditer(text):
        if (day := _day(match, on)) is not None:
            yield Dated(day, match.start(), match.end())


def _day(match: re.Match[str], on: date) -> date | None:
    groups = match.groups()
    if match[1]:
        return _make(groups[2], _month(groups[0]), groups[1], on)
    if match[4]:
        return _make(groups[5], _month(groups[4]), groups[3], on)
    if match[7]:
        return _make(groups[8], int(groups[6]), groups[7], on)
    if match[10]:
        return _make(groups[9], int(groups[10]), groups[11], on)
    return _make(None, int(groups[12]), groups[13], on)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _make(year: str | None, month: int, day: str, on: date) -> date | None:
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
        this_year = date(on.year, month, int(day))
        return this_year if this_year >= on else date(on.year + 1, month, int(day))
    except ValueError:
        return None
