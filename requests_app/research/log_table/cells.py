"""A value of the log as text and back: what is written to CSV and XLSX is read again unchanged.

A spreadsheet takes a cell for a formula that begins with =, +, - or @, whatever stands before it
that it skips. Such a text gets an apostrophe in front, and so does a text that would be taken for
one that has it already, or for "not applicable"; one apostrophe is taken away when it is read.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from requests_app.research.log_table.column import Column, Kind

NOT_SPECIFIED: Final = ""
NOT_APPLICABLE: Final = "n/a"
_GUARDED = re.compile(r"'*(?:n/a\Z|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")

Record = Mapping[str, Any]


class NotApplicable:
    """There can be no value: a decision's day, where nothing was challenged."""

    def __repr__(self) -> str:
        return "NA"


NA: Final = NotApplicable()


def guarded(text: str) -> str:
    """With an apostrophe in front, where a spreadsheet would run it or we misread it."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text


def is_storable(text: str) -> bool:
    """Whether every database keeps it: no NUL, no half of a pair of surrogates."""
    return _UNREADABLE.search(text) is None


def storable(text: str) -> str:
    """With a sign in the place of what no database keeps."""
    return _UNREADABLE.sub("\ufffd", text)


def to_plain(column: Column, value: Any) -> Any:
    """As JSON has it: text, a number, a truth value, a list; None where there is none."""
    if value is None or value is NA or value == "":
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return [dict(one) for one in value] if column.kind is Kind.LIST else value


def to_text(column: Column, value: Any) -> str:
    """As a cell of CSV."""
    if value is NA:
        return NOT_APPLICABLE
    plain = to_plain(column, value)
    if plain is None:
        return NOT_SPECIFIED
    if column.kind is Kind.LIST:
        return as_json(plain)
    if column.kind is Kind.BOOLEAN:
        return "true" if plain else "false"
    return guarded(plain) if column.kind is Kind.STRING else str(plain)


def as_json(value: Any) -> str:
    """The same text for the same value, whatever order its keys came in."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def exemptions_as_given(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Without what is empty, so that a cell is as short as it can be."""
    return [
        {name: str(value) for name, value in row.items() if value not in ("", None)} for row in rows
    ]
