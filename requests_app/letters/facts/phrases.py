"""Dates, money and addresses as they stand on paper."""

import re
from datetime import date
from decimal import Decimal

# "165 Capitol Avenue, Suite 1100, Hartford, CT 06106": what follows the street has its own line.
_ONE_LINE_ADDRESS = re.compile(r"(?P<street>.+), (?P<place>[^,]+, [A-Z]{2}(?: \d{5}(?:-\d{4})?)?)")


def day(on: date) -> str:
    """November 9, 2026."""
    return f"{on:%B} {on.day}, {on.year}"


def weekday(on: date) -> str:
    """Monday, November 9, 2026."""
    return f"{on:%A}, {day(on)}"


_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def number(n: int) -> str:
    """In words up to ninety-nine, in figures above."""
    if n < 20:
        return _ONES[n]
    if n > 99:
        return f"{n:,}"
    tens, ones = divmod(n, 10)
    return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")


def days(n: int) -> str:
    """One day; nine days."""
    return f"{number(n)} {'day' if n == 1 else 'days'}"


def typographic(text: str) -> str:
    """With curved apostrophes."""
    return text.replace("'", "’")


def sentence(text: str) -> str:
    """What somebody typed as a phrase, as a sentence: a capital first, a stop last."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…”\"'" else ".")


def dollars(amount: Decimal) -> str:
    """$1,250.00."""
    return f"${amount:,.2f}"


def address_lines(address: str) -> tuple[str, ...]:
    """An address as it is written on an envelope, whether it came in one line or in several."""
    lines = tuple(line.strip(" ,") for line in address.splitlines() if line.strip(" ,"))
    if len(lines) == 1 and (match := _ONE_LINE_ADDRESS.fullmatch(lines[0])):
        return match["street"], match["place"]
    return lines
