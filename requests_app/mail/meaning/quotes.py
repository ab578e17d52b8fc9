"""What the sender wrote this time: the text without what it answers. In doubt it is shown.

1. Above the heading of the first quoted message all is the sender's own, except for lines marked
   with `>`.
2. Below it, a copy without marks is left out. Where lines are marked, those are left out, and the
   answers between them stay.
3. A message cited in the middle of a letter stays, and the letter is read on.
4. So does a forwarded message: to us it is new.
"""

import re
from collections import Counter
from collections.abc import Iterator

from requests_app.mail.meaning.attributions import QUOTE_MARK
from requests_app.mail.meaning.quote_headings import first_heading, letter_goes_on

MAX_TEXT = 200_000  # characters looked at
_MOST_THAT_STAY = 10  # messages cited or forwarded; below these everything stays
_RULE_ABOVE = re.compile(r"(?:\A|\n)[ \t]*[-_]{5,}\s*\Z")
_LINK_BEGINS = re.compile(r"\(https?://[^)\s]*$")
_LINK_ENDS = re.compile(r"[^\s()]*\)\s*$")
_LINK_AND_MARK = re.compile(r"\s*\(https?://\S+\)\s>\s*$")
_MANY_LINES = re.compile(r"\n{3,}")
_FIELDS = re.compile(r"\s*(?:[*]?[A-Z][\w-]*:[^\n]*(?:\n|\Z)(?:[ \t]+\S[^\n]*(?:\n|\Z))*)*")


def without_quotes(text: str, *, with_forwarded: bool = True) -> str:
    """The sender's own words; "" where there is nothing but quotes."""
    own = "\n".join(_own_parts(text[:MAX_TEXT], with_forwarded=with_forwarded))
    return _MANY_LINES.sub("\n\n", own).strip()


def _own_parts(text: str, *, with_forwarded: bool) -> Iterator[str]:
    for _ in range(_MOST_THAT_STAY):
        heading = first_heading(text)
        if heading is None:
            break
        above, head, below = heading.cut(text)
        if heading.is_forward and with_forwarded:
            below = _unmarked(below)
            fields = _FIELDS.match(below)
            yield from (_unquoted(above), head + below[: fields.end() if fields else 0])
            text = below[fields.end() if fields else 0 :]
        elif not _marks_quotes(below) and letter_goes_on(above, head, below):
            yield from (_unquoted(above), head)
            text = below
        else:
            yield _unquoted(_RULE_ABOVE.sub("", above))
            if _marks_quotes(below):
                yield f"\n{_unquoted(below, _marks(below))}"
            return
    yield _unquoted(text)


def _marks_quotes(below: str) -> bool:
    lines = [line for line in below.split("\n") if line.strip()][:3]
    return any(QUOTE_MARK.match(line) for line in lines)


def _marks(below: str) -> tuple[str, ...]:
    """What marks quoted lines there: `>`, the first line's mark, and the names that come again.

    `|` counts in the first line alone: further below it is a table's.
    """
    found = [match[0].strip() for line in below.split("\n") if (match := QUOTE_MARK.match(line))]
    often = Counter(mark for mark in found if mark != "|")
    again = (mark for mark, times in often.items() if times > 1)
    return tuple(dict.fromkeys((">", found[0], *again)))


def _unmarked(forwarded: str) -> str:
    """Without the marks that some programs put before what they forward."""
    if not _marks_quotes(forwarded):
        return forwarded
    return re.sub(r"^[ ]?>[ ]?", "", forwarded, flags=re.MULTILINE)


def _unquoted(text: str, marks: tuple[str, ...] = (">",)) -> str:
    own: list[str] = []
    above = ""
    for line in text.split("\n"):
        if _is_quoted(line, marks) or _ends_a_link(line, above):
            above = line
        else:
            own.append(line)
            above = ""
    return "\n".join(own)


def _is_quoted(line: str, marks: tuple[str, ...]) -> bool:
    """A line between >>> and <<< is set out, not quoted."""
    return line.lstrip().startswith(marks) and not line.rstrip().endswith("<<")


def _ends_a_link(line: str, quoted_above: str) -> bool:
    """Whether a program broke a link within the quoted line above."""
    return bool(_LINK_BEGINS.search(quoted_above) and _LINK_ENDS.match(line)) or bool(
        quoted_above and _LINK_AND_MARK.match(line)
    )
