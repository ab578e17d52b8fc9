"""Sums of money in a letter, and which of them is the one to pay."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_FIGURES = re.compile(
    r"(?:US)?\$\s?(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?|\.\d{1,2})(?!\d)"
    r"|(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)((?:\.\d\d)?)\s+(dollars|cents)\b",
    re.IGNORECASE,
)
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = {word: number for number, word in enumerate(_SMALL)}
_UNITS |= {word: 10 * number for number, word in enumerate(_TENS, start=2)}
_NUMBER_WORD = "|".join(sorted((*_UNITS, "hundred", "thousand"), key=len, reverse=True))
_WORDS = re.compile(
    rf"\b((?:{_NUMBER_WORD})(?:(?:[\s-]+|\s+and\s+)(?:{_NUMBER_WORD}))*)\s+(dollars|cents)\b",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\s*(?:\([^)]{0,20}\)\s*)?(?:/|per\b|an?\b|each\b|for (?:each|every)\b|hourly|a\s?piece)", re.I
)
_TOTAL = re.compile(
    r"(?:total|altogether|in all|comes? to|amount(?:s)? (?:to|due|of|owed)|balance|overall)"
    r"[^.$]{0,40}$",
    re.IGNORECASE,
)
_DEPOSIT = re.compile(r"(?:deposit|down payment|half|first)\b[^.$]{0,30}$", re.IGNORECASE)
_BIG = re.compile(r"\s*(?:million|billion|thousand)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    value: Decimal
    start: int
    end: int
    is_rate: bool  # by the page, by the hour
    is_total: bool
    is_deposit: bool


def amounts(text: str) -> Iterator[Amount]:
    """Every sum, in the text's order. Millions are a project's, not a copy's."""
    for match in (*_FIGURES.finditer(text), *_WORDS.finditer(text)):
        value = _spelled(match) if match.re is _WORDS else _figures(match)
        if value is None or _BIG.match(text, match.end()):
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        yield Amount(
            value=value,
            start=match.start(),
            end=match.end(),
            is_rate=bool(_RATE.match(text, match.end())),
            is_total=bool(_TOTAL.search(before)),
            is_deposit=bool(_DEPOSIT.search(before)),
        )


def to_pay(found: list[Amount]) -> Amount | None:
    """The total where one is named, else the largest that is neither a rate nor a deposit."""
    whole = [amount for amount in found if not amount.is_rate]
    totals = [amount for amount in whole if amount.is_total and not amount.is_deposit]
    plain = [amount for amount in whole if not amount.is_deposit]
    for choice in (totals, plain, whole):
        if choice:
            return max(choice, key=lambda amount: amount.value)
    return None


def _figures(match: re.Match[str]) -> Decimal | None:
    digits = match[1] or f"{match[2]}{match[3]}"
    try:
        value = Decimal(digits.replace(",", ""))
    except InvalidOperation:
        return None
    if (match[4] or "").lower() == "cents":
        value /= 100
    return value.quantize(Decimal("0.01")) if value < 10_000_000 else None


def _spelled(match: re.Match[str]) -> Decimal:
    total, current = 0, 0
    for word in re.split(r"[\s-]+", match[1].lower()):
        if word == "hundred":
            current = max(1, current) * 100
        elif word == "thousand":
            total, current = total + max(1, current) * 1000, 0
        elif word != "and":
            current += _UNITS[word]
    value = Decimal(total + current)
    return (value / 100 if match[2].lower() == "cents" else value).quantize(Decimal("0.01"))
