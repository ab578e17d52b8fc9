"""Reads what portals write: any shape in, plain text, times and lists out, and never an error."""

import math
import re
from datetime import UTC, date, datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import nh3

# What a database or a page cannot hold: NUL and other controls, lone surrogates.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_BLOCKS = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^>]*>", re.I)
_TAG = re.compile(r"</?[a-zA-Z!]")
_SPACES = re.compile(r"[ \t\xa0]+")
_LINES = re.compile(r"\s*\n\s*")
_FRACTION = re.compile(r"(\.\d{6})\d+")
_MARKS = frozenset("<&")
MOST_TEXT = 20_000
MOST_LINE = 500
MOST_MILLISECONDS = 32_503_680_000_000  # the year 3000
SECONDS_END = 100_000_000_000  # above it a count of seconds is one of milliseconds


def mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """A list as it is; one thing as a list of it; nothing as an empty one."""
    if isinstance(value, list):
        return value
    return [] if value is None or value == "" else [value]


def line(value: Any, limit: int = MOST_LINE) -> str:
    """One line of plain text. A number is written as such; anything else says nothing."""
    if isinstance(value, str) and len(value) <= limit and value.isprintable():
        if not _MARKS.intersection(value):  # most of what is read, and most of the time it took
            return " ".join(value.split())
    elif isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = " ".join(without_html(_written(value)[: 4 * limit]).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def paragraphs(value: Any) -> str:
    """Text of several lines, its HTML taken away."""
    return without_html(value[:MOST_TEXT]) if isinstance(value, str) else ""


def without_html(text: str) -> str:
    if _TAG.search(text):
        text = nh3.clean(_BLOCKS.sub("\n", text), tags=set(), attributes={})
    text = _UNFIT.sub("", unescape(text).replace("\r\n", "\n").replace("\r", "\n"))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def lines(value: Any, most: int = 200) -> tuple[str, ...]:
    """The texts in a list, each once, in its order; a concept counts by its label."""
    found = (label(one) for one in items(value)[:most])
    return tuple(dict.fromkeys(text for text in found if text))


def label(value: Any) -> str:
    """What people call it: a text, or the first name that an object gives."""
    if isinstance(value, dict):
        names = ("@value", "prefLabel", "label", "title", "name", "display_name", "fn")
        return next((text for name in names if (text := label(value.get(name)))), "")
    if isinstance(value, list):
        return next((text for one in value if (text := label(one))), "")
    return line(value)


def number(value: Any) -> int | None:
    """A count. None: it is none."""
    try:
        whole = int(float(value)) if not isinstance(value, bool) else None
    except (TypeError, ValueError, OverflowError):
        return None
    return whole if whole is not None and 0 <= whole <= 2**53 else None


def moment(value: Any) -> datetime | None:
    """ISO 8601 text, or seconds or milliseconds since 1970. Without a zone it is UTC."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _since_1970(value)
    if not isinstance(value, str) or len(value) > 60:
        return None
    text = _FRACTION.sub(r"\1", value.strip())
    if text.lstrip("-").isdigit() and len(text) > 8:
        return _since_1970(int(text))
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day(value: Any) -> date | None:
    found = moment(value)
    return found.date() if found else None


def _since_1970(count: float) -> datetime | None:
    if not math.isfinite(count) or not 0 < count < MOST_MILLISECONDS:
        return None
    return datetime.fromtimestamp(count / 1000 if count > SECONDS_END else count, UTC)


def web_address(value: Any, limit: int = 2000) -> str:
    """An address that a browser opens, or nothing: no script, no file, no password in it."""
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    if not isinstance(value, str) or len(value) > limit:
        return ""
    text = value.strip()
    try:
        parts = urlsplit(text)
        is_open = parts.scheme in {"http", "https"} and parts.hostname and not parts.password
    except ValueError:
        return ""
    return text if is_open and not re.search(r"[\s<>\"\ud800-\udfff\x00-\x1f]", text) else ""


def host_of(address: str) -> str:
    """The host in an address, in small letters; nothing where there is none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def email_address(value: Any) -> str:
    text = line(value).removeprefix("mailto:").partition("?")[0]
    return text if re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[A-Za-z]{2,}", text) else ""


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"
