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
_OPENS = re.compile(r"(?<![\\*])\*{1,3}(?=\S)")
_CLOSES = {stars: re.compile(rf"(?<![\s\\])\*{{{stars}}}") for stars in (1, 2, 3)}
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
    lines = _LINE_BREAK.sub("", text).split("\n")
    return _ESCAPED.sub(r"\1", "\n".join(map(_without_emphasis, lines)))


def _without_emphasis(line: str) -> str:
    """Without the stars that stand in pairs. What is not closed once is not looked for again: a
    line of nothing but openings is read once and not once for each."""
    kept, at, unclosed = [], 0, set[int]()
    while begins := _OPENS.search(line, at):
        pair = _pair(line, begins, unclosed)
        if pair is None:
            kept.append(line[at : begins.end()])
            at = begins.end()
            continue
        first, last, at_next = pair
        kept += [line[at : begins.start()], line[first:last]]
        at = at_next
    return "".join([*kept, line[at:]])


def _pair(line: str, begins: re.Match[str], unclosed: set[int]) -> tuple[int, int, int] | None:
    """From where to where the emphasized words go, and where the line goes on; as many stars as
    are closed."""
    for stars in range(len(begins[0]), 0, -1):
        first = begins.start() + stars
        if stars in unclosed:
            continue
        if closes := _CLOSES[stars].search(line, first + 1):
            return first, closes.start(), closes.end()
        unclosed.add(stars)
    return None
