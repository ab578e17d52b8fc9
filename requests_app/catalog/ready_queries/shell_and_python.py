"""Quoting. What a portal says of itself goes into programs that people paste: as data, only."""

import json
import re
import shlex
from collections.abc import Sequence
from urllib.parse import urlsplit

_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f]")
CONTINUED = " \\\n  "


def is_web_address(text: str) -> bool:
    """Whether it can be opened or asked: http or https, with a host, in one piece."""
    if _UNPRINTABLE.search(text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def curl(address: str, parameters: Sequence[tuple[str, str]], headers: Sequence[str] = ()) -> str:
    """One command over several lines; every word that a shell could read otherwise is quoted."""
    words = [f"curl --get --fail {shlex.quote(address)}"]
    words += [f"--header {shlex.quote(header)}" for header in headers]
    words += [f"--data-urlencode {_parameter(name, value)}" for name, value in parameters]
    return CONTINUED.join(words)


def _parameter(name: str, value: str) -> str:
    return shlex.quote(f"{name}={value}")


def python_text(text: str) -> str:
    """A string of Python, in double quotes, of ASCII alone."""
    return json.dumps(text)


def python_table(pairs: Sequence[tuple[str, str | int]]) -> str:
    """A dict of Python, one entry a line."""
    lines = [f"    {python_text(name)}: {_value(value)}," for name, value in pairs]
    return "\n".join(["{", *lines, "}"])


def _value(value: str | int) -> str:
    return str(value) if isinstance(value, int) else python_text(value)
