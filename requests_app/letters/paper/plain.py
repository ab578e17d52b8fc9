"""A letter as plain text: for the body of an e-mail, and to paste into a city's web portal."""

import re
from datetime import date

from requests_app.letters import copies
from requests_app.letters.enclosures import listed, titles_on
from requests_app.letters.facts.due_day import fill
from requests_app.models import Letter, RecordsRequest, User

_HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_BULLET = re.compile(r"^[*+] ", re.MULTILINE)
_LINE_BREAK = re.compile(r"\\$", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![\\*])(\*{1,3})(?=\S)(.+?)(?<![\s\\])\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain_text(letter: Letter) -> str:
    """The whole letter with its signature, our reference, what it encloses and who has a
    copy; no markup."""
    signed = _signed(letter.records_request, letter.text, by=letter.issued_by)
    titles = titles_on(letter)
    under = [listed(titles)] if titles else []
    if names := [copy.name for copy in copies.on_issued(letter)]:
        under.append(copies.line(names))
    return "\n".join([signed, *(f"{one}\n" for one in under)]) if under else signed


def plain_request(records_request: RecordsRequest, *, on: date, channel: str, signer: User) -> str:
    """A request's letter as it would be pasted or read out if it were filed that day."""
    text = fill(records_request, records_request.letter_text, on=on, channel=channel)
    return _signed(records_request, text, by=signer)


def _signed(request: RecordsRequest, text: str, *, by: User) -> str:
    signature = f"Sincerely,\n\n{by.name}\n{request.newsroom.name}"
    return f"{without_markup(text)}\n\n{signature}\n\nOur reference: {request.reference}\n"


def without_markup(text: str) -> str:
    """The little Markdown of letters as a person would type it in an e-mail."""
    text = _BULLET.sub("- ", _QUOTED.sub("    ", _HEADING.sub("", text.strip())))
    text = _EMPHASIS.sub(r"\2", _LINE_BREAK.sub("", text))
    return _ESCAPED.sub(r"\1", text)
