"""A letter as plain text: for the body of an e-mail, and to paste into a city's web portal."""

import re

from requests_app.models import Letter

_HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_BULLET = re.compile(r"^[*+] ", re.MULTILINE)
_LINE_BREAK = re.compile(r"\\$", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![\\*])(\*{1,3})(?=\S)(.+?)(?<![\s\\])\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain_text(letter: Letter) -> str:
    """The whole letter with its signature and our reference, without any markup."""
    request = letter.records_request
    signature = f"Sincerely,\n\n{letter.issued_by.name}\n{request.newsroom.name}"
    return f"{without_markup(letter.text)}\n\n{signature}\n\nOur reference: {request.reference}\n"


def without_markup(text: str) -> str:
    """The little Markdown of letters as a person would type it in an e-mail."""
    text = _BULLET.sub("- ", _QUOTED.sub("    ", _HEADING.sub("", text.strip())))
    text = _EMPHASIS.sub(r"\2", _LINE_BREAK.sub("", text))
    return _ESCAPED.sub(r"\1", text)
