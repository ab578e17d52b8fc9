"""Strings fit for a database and a page: no NUL, no lone surrogate, no hidden control."""

import re

# C0 but tab and newline, DEL, C1, lone surrogates, and the overrides that turn text around.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
_NEWLINES = re.compile("\r+\n|\r|\x0b|\x0c|\u2028|\u2029|\x85")
_SPACES = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """Text of several lines, each ended by one newline."""
    return _UNFIT.sub("", _NEWLINES.sub("\n", text))


def clean_line(text: str, limit: int = 1000) -> str:
    """Text of one line, cut at the limit."""
    if len(text) > 4 * limit:
        text = text[: 4 * limit]
    line = _UNFIT.sub("", _SPACES.sub(" ", text)).strip()
    return line if len(line) <= limit else line[: limit - 1] + "…"
