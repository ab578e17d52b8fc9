"""A letter's text → its paragraphs and sentences."""

import re
from collections.abc import Iterator

_HEADING = re.compile(r"#{1,6}\s")
_STRUCTURE = re.compile(r"(?:>|[-+*]\s|\d{1,9}[.)]\s)\s*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|\\$", re.MULTILINE)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "\u2011": "-"})
# A stop, what closes after it, and the capital that begins the next sentence. Looked for from the
# beginnings of words alone: from each place within one, a word without end would be read again.
_STOP = re.compile(r"(?<![^\s.!?])(?P<last>[^\s.!?]*)[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z])")
# After these a stop ends no sentence.
_SHORT = frozenset(
    """Conn Gen Stat Mo Rev Cal Gov Regs Ord No Nos Sec Secs Art App Ct Dept Inc Co Corp Mr Mrs Ms
    Dr St Ave Blvd Rm Ste v vs seq ch cf Civ Proc
    art Crim Evid Pen Const Amend Div Tit""".split()  # noqa: SIM905  a list of them is a page
)


def paragraphs_of(text: str) -> Iterator[str]:
    """Paragraphs and entries of lists, each on one line and without its marker; no headings."""
    gathered: list[str] = []
    for line in [*text.splitlines(), ""]:
        stripped = line.strip()
        marker = _STRUCTURE.match(stripped)
        if not stripped or marker or _HEADING.match(stripped):
            if gathered:
                yield " ".join(" ".join(gathered).split())
            gathered = []
        if stripped and not _HEADING.match(stripped):
            gathered.append(stripped[marker.end() if marker else 0 :])


def sentences_of(paragraph: str) -> Iterator[str]:
    """The sentences of a paragraph, word for word."""
    begin = 0
    for stop in _STOP.finditer(paragraph):
        word = stop["last"].lstrip("\"'“‘([")
        if word in _SHORT or (len(word) == 1 and word.isalpha()):
            continue
        yield paragraph[begin : stop.end()].strip()
        begin = stop.end()
    if rest := paragraph[begin:].strip():
        yield rest


def normal(text: str) -> str:
    """With one kind of quote, hyphen and space, and no backslashes: none changes a sentence."""
    return " ".join(_ESCAPED.sub(r"\1", text).translate(_QUOTES).split())
