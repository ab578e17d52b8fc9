"""A letter cut into sentences, each with its place, so that what was found can be shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FOLD = str.maketrans({
    "\n": " ", "\t": " ", "\f": " ", "\xa0": " ", "\u2009": " ", "\u202f": " ",
    "‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-",
})  # fmt: skip
MAX_SENTENCE = 1500  # characters; more is a table or rubbish, and patterns are slow on it
_PARAGRAPH = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*•·]|\d{1,2}[.)])\s)")
_END = re.compile(r"[.!?:]+[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])")
# What ends in a full stop and ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|St|Lt|Sgt|Capt|Det|Gov|Gen|Stat|Rev|Conn|Cal|Mo|Or|Sec"
    r"|Secs|No|Nos|Art|Ch|Ave|Blvd|Inc|Corp|Dept|Div|Ext|Tel|vs?|cf|e\.g|i\.e|etc|approx|est|pp?"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[ap]\.m|C\.G\.S|R\.S\.Mo|U\.S|subd|subds)\.$",
    re.IGNORECASE,
)
_TIME_OR_LABEL = re.compile(
    r"(?:\d:|\b(?:re|ref|cc|reason|note|closure reason):)\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str  # folded: straight quotes, spaces for line ends; as long as what stands in the letter
    start: int  # its place in the letter
    paragraph: int
    opens: str  # how its paragraph begins, folded


def folded(text: str) -> str:
    """The text for matching, every character in its place."""
    return text.translate(_FOLD)


def sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for number, boundary in enumerate((*_PARAGRAPH.finditer(text), None)):
        end = boundary.start() if boundary else len(text)
        paragraph = folded(text[start:end])
        opens = paragraph.lstrip()[:200]
        for place, sentence in _split(paragraph):
            if sentence.strip():
                yield Sentence(sentence[:MAX_SENTENCE], start + place, number, opens)
        start = boundary.end() if boundary else end


def _split(paragraph: str) -> Iterator[tuple[int, str]]:
    start = 0
    for match in _END.finditer(paragraph):
        before = paragraph[max(0, match.start() - 12) : match.start() + 1]
        if paragraph[match.start()] == "." and _ABBREVIATION.search(before):
            continue
        if paragraph[match.start()] == ":" and not _divides(paragraph, match):
            continue
        yield start, paragraph[start : match.end()]
        start = match.end()
    yield start, paragraph[start:]


def _divides(paragraph: str, colon: re.Match[str]) -> bool:
    """A greeting's colon ends it; one within a sentence or after a label does not."""
    head = paragraph[: colon.start()].strip()
    return len(head) < 40 and not _TIME_OR_LABEL.search(paragraph[: colon.end()])
