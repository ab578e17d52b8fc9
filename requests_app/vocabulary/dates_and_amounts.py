"""Dates, times, money, counts and addresses in words: on pages, in letters, mails and the ledger.

`cities` may import nothing of the desk, and writes the days of its explanations by itself.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

# "165 Capitol Avenue, Suite 1100, Hartford, CT 06106": what follows the street has its own line.
_ONE_LINE_ADDRESS = re.compile(r"(?P<street>.+), (?P<place>[^,]+, [A-Z]{2}(?: \d{5}(?:-\d{4})?)?)")
_ENDS_WITH_ZIP_CODE = re.compile(r"\b\d{5}(?:-\d{4})?$")


def day(on: date) -> str:
    """November 9, 2026."""
    return f"{on:%B} {on.day}, {on.year}"


def weekday(on: date) -> str:
    """Monday, November 9, 2026."""
    return f"{on:%A}, {day(on)}"


def short_day(on: date) -> str:
    """Nov 9, 2026."""
    return f"{month_day(on)}, {on.year}"


def short_weekday(on: date) -> str:
    """Mon Nov 9, 2026."""
    return f"{weekday_this_year(on)}, {on.year}"


def near_weekday(on: date, today: date) -> str:
    """Mon Nov 9, with the year only where it is not this one."""
    return weekday_this_year(on) if on.year == today.year else short_weekday(on)


def weekday_this_year(on: date) -> str:
    """Mon Nov 9."""
    return f"{on:%a} {month_day(on)}"


def month_day(on: date) -> str:
    """Nov 9."""
    return f"{on:%b} {on.day}"


def time_of_day(at: datetime | time) -> str:
    """10:39 a.m., on the clock of the moment's own zone; as Django's date filter writes "g:i a"."""
    half = "a.m." if at.hour < 12 else "p.m."
    return f"{at.hour % 12 or 12}:{at:%M} {half}"


def moment(at: datetime) -> str:
    """Monday, November 9, 2026, 10:39 a.m."""
    return f"{weekday(at)}, {time_of_day(at)}"


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


def count(n: int, one: str, many: str = "") -> str:
    """1 day; 2,400 days; 3 entries."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """a; a and b; a, b and c."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def typographic(text: str) -> str:
    """With curved apostrophes."""
    return text.replace("'", "’")


def sentence(text: str) -> str:
    """What somebody typed as a phrase, as a sentence: a capital first, a stop last."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…”\"'" else ".")


def dollars(amount: Decimal | str) -> str:
    """$1,250.00. What the ledger keeps as something else than a number stays as it stands there."""
    try:
        return f"${Decimal(amount):,.2f}"
    except InvalidOperation:
        return str(amount)


def has_zip_code(address: str) -> bool:
    """Whether the last line ends as the post wants it: “Stamford, CT 06901”."""
    lines = address_lines(address)
    return bool(lines) and _ENDS_WITH_ZIP_CODE.search(lines[-1]) is not None


def address_lines(address: str) -> tuple[str, ...]:
    """An address as it is written on an envelope, whether it came in one line or in several."""
    lines = tuple(line.strip(" ,") for line in address.splitlines() if line.strip(" ,"))
    if len(lines) == 1 and (match := _ONE_LINE_ADDRESS.fullmatch(lines[0])):
        return match["street"], match["place"]
    return lines
