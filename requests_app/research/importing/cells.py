"""One cell of a file as a value of one column of the log. ValueError: a sentence for the person."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import URLField

from cities.schema.load import city_slugs
from requests_app.research.log_table.cells import exemptions_as_given, is_storable
from requests_app.research.log_table.column import Column, Kind
from requests_app.research.log_table.records import OF_AN_EXEMPTION
from requests_app.research.places import city_meant
from requests_app.vocabulary.dates_and_amounts import count
from requests_app.vocabulary.research.exemption_outcomes import Became
from requests_app.vocabulary.research.imprecise_days import (
    EARLIEST_YEAR,
    ImpreciseDay,
    Precision,
)

# Spreadsheets count days from here, with a February 29, 1900 that never was.
_SPREADSHEET_DAY_0 = date(1899, 12, 30)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_TIME_AFTER = re.compile(r"(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4})[ T]\d{1,2}:\d{2}.*")
_NOT_IN_MONEY = re.compile(r"[$,\s]|USD")
YES, NO = {"yes", "y", "true", "1", "x"}, {"no", "n", "false", "0"}
EMPTY_WORDS = {"n/a", "na", "none", "null", "-", "--"}
MOST_MONEY = Decimal(10) ** 10
MOST_EXEMPTIONS = 50

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CellRules:
    """`words`: by column, the source's word in lower case and ours. `is_exact`: our own export."""

    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_day_first: bool = False
    is_exact: bool = False


def read_cell(column: Column, cell: Any, rules: CellRules) -> Values:
    """By column: mostly one value, and of a day also how much of it is known."""
    if column.kind is Kind.BOOLEAN and isinstance(cell, bool):
        return {column.name: cell}
    text = "" if cell is None else str(cell)
    if not is_storable(text):
        raise ValueError("It holds a character that is no text (NUL, or half a character).")
    text = text if rules.is_exact else text.strip()
    if column.choices:
        return _choice(column, text, rules)
    return _BY_KIND[column.kind](column, text, rules)


def _string(column: Column, text: str, rules: CellRules) -> Values:
    if column.longest and len(text) > column.longest:
        raise ValueError(f"It has {count(len(text), 'character')}, and {column.longest} fit.")
    is_address = isinstance(column.field, URLField)
    if is_address and text and not text.lower().startswith(("http://", "https://")):
        raise ValueError(f"“{text[:80]}” is no web address: it begins with https:// or http://.")
    if column.name == "city" and not rules.is_exact:
        return _place(text)
    if column.name == "city" and text and text not in city_slugs():
        raise ValueError(
            f"This desk does not know “{text}”: map that column to nothing, and “city_name” to "
            "where the request was made."
        )
    return {column.name: text}


def _place(text: str) -> Values:
    """One of our cities, by its slug or its name; another place in the file's words."""
    city = city_meant(text)
    return {"city": city.slug} if city else {"city": "", "place": text[:160]}


def _date(column: Column, text: str, rules: CellRules) -> Values:
    if not text or (text.lower() in EMPTY_WORDS and not rules.is_exact):
        return {column.name: None}
    if rules.is_exact:
        return {column.name: _iso(text)}
    day = read_day(text, is_day_first=rules.is_day_first)
    if column.precision_in:
        return {column.name: day.on, column.precision_in: day.precision.value}
    if not day.is_exact:
        raise ValueError(f"“{text}” is no whole day, which this column needs: write 2019-03-04.")
    return {column.name: day.on}


def read_day(text: str, *, is_day_first: bool = False) -> ImpreciseDay:
    """As `ImpreciseDay.read`, and as spreadsheets and databases write one. ValueError."""
    if found := _SERIAL.fullmatch(text):
        return ImpreciseDay(_SPREADSHEET_DAY_0 + timedelta(days=int(found[1])))
    if found := _TIME_AFTER.fullmatch(text):
        text = found[1]
    if is_day_first and (found := _DAY_FIRST.fullmatch(text)):
        day, month, year = found.groups()
        text = f"{month}/{day}/{year}"
    return ImpreciseDay.read(text)


def _iso(text: str) -> date:
    try:
        found = datetime.fromisoformat(text).date()
    except ValueError:
        raise ValueError(f"“{text[:40]}” is no day as the desk writes one: 2019-03-04.") from None
    if found.year < EARLIEST_YEAR:
        raise ValueError(f"“{text}” is before {EARLIEST_YEAR}: check the year.")
    return found


def _number(column: Column, text: str, rules: CellRules) -> Values:
    plain = _NOT_IN_MONEY.sub("", text)
    if not plain or plain.lower() in EMPTY_WORDS:
        return {column.name: None}
    try:
        amount = Decimal(plain).quantize(Decimal("0.01"))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise ValueError(f"“{text[:40]}” is no amount: write 12.50.")
    if abs(amount) >= MOST_MONEY:
        raise ValueError(f"“{text[:40]}” is larger than any fee: check it.")
    return {column.name: amount}


def _boolean(column: Column, text: str, rules: CellRules) -> Values:
    word = text.strip().lower()
    if word in YES or word in NO:
        return {column.name: word in YES}
    if word and word not in EMPTY_WORDS:
        raise ValueError(f"“{text[:40]}” is neither yes nor no.")
    return {column.name: None}


def _list(column: Column, text: str, rules: CellRules) -> Values:
    if not text.lstrip().startswith("["):
        claimed = [" ".join(part.split()) for part in re.split(r"[;\n]", text) if part.strip()]
        return {column.name: [{"as_claimed": _fits(one, 300)} for one in claimed[:MOST_EXEMPTIONS]]}
    try:
        rows = json.loads(text)
        given = exemptions_as_given(rows)
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise ValueError("It is no list of exemptions as the desk writes one.") from None
    for one in given:
        _check_exemption(one)
    return {column.name: given}


def _check_exemption(one: Mapping[str, str]) -> None:
    if not set(one) <= set(OF_AN_EXEMPTION) or "as_claimed" not in one:
        raise ValueError(f"Of an exemption the desk reads {', '.join(OF_AN_EXEMPTION)}.")
    if one.get("became", "") not in {"", *Became.values}:
        raise ValueError(f"“{one['became'][:40]}” is nothing that becomes of an exemption.")
    if not all(map(is_storable, one.values())):
        raise ValueError("It holds a character that is no text (NUL, or half a character).")
    for name, longest in (("as_claimed", 300), ("exemption", 80), ("citation", 200), ("page", 60)):
        _fits(one.get(name, ""), longest)


def _fits(text: str, longest: int) -> str:
    if len(text) > longest:
        raise ValueError(f"“{text[:40]}…” has {len(text)} characters, and {longest} fit.")
    return text


def _choice(column: Column, text: str, rules: CellRules) -> Values:
    """Our word; beside it the source's own, where the log has a column for it."""
    assert column.choices is not None
    if rules.is_exact:
        is_empty_allowed = column.choices is not Precision
        if text not in column.choices.values and (text or not is_empty_allowed):
            if not text:  # no day, so nothing is known of it
                return {column.name: Precision.DAY.value}
            raise ValueError(f"“{text[:40]}” is none of: {', '.join(column.choices.values)}.")
        return {column.name: text}
    known = {word.casefold(): value for value, label in column.choices.choices
             for word in (value, str(label))}  # fmt: skip
    word = text.casefold()
    ours = rules.words.get(column.name, {}).get(word) or known.get(word, "")
    if column.name == "status" and text in {"", *column.choices.values}:
        return {column.name: ours}  # one of the format's own words: the city's word is not in it
    stated = f"{column.name}_as_stated"
    if column.name in {"status", "outcome"}:
        longest = 200 if column.name == "status" else 300
        return {column.name: ours, stated: _fits(text, longest)}
    if text and not ours:
        raise ValueError(
            f"“{text[:40]}” is none of our words: say in the mapping which of "
            f"{', '.join(column.choices.values)} it means."
        )
    return {column.name: ours}


_BY_KIND: Mapping[Kind, Callable[[Column, str, CellRules], Values]] = {
    Kind.STRING: _string,
    Kind.DATE: _date,
    Kind.NUMBER: _number,
    Kind.BOOLEAN: _boolean,
    Kind.LIST: _list,
}
