"""The line a mail program puts above what it quotes: "On <day>, <somebody> wrote:".

Programs wrap it at any word, so it is read upward from its end, a few lines at most. What stands
above it is the sender's own, and so is a sentence such as "On November 3, 2026, you wrote:".
"""

import re

MAX_LINES = 4  # the most a program breaks it into
_ENDS = re.compile(r"(?:\bwrote\s?:|>\s?:)\s*$")
_DAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b"
    r"|\d{1,2}(?:st|nd|rd|th)?\.?[ ]|\d{1,4}[./-]\d)"
)
_BEGINS = re.compile(rf"\s*On\s+{_DAY}", re.IGNORECASE)
_NAME_AND_ADDRESS = re.compile(r"[^<>\n]{1,80}<[^<>\n]{1,100}@[^<>\n]{3,100}>\s{1,3}wrote\s?:\s*$")
_ENDS_A_SENTENCE = re.compile(r"(?<![ap]\.m)[.!?]\s*$")
_IN_BRACKETS = re.compile(r"<[^<>]*>|\[[^\[\]]*\]|\S+@\S+")
_PRONOUN = re.compile(r"\b(?:we|you|i|he|she|they|it)\b", re.IGNORECASE)
_LOWER_CASE = re.compile(r"\b[a-z]{2,}\b")
# What stands in lower case in a day, an hour or a name.
_OF_A_NAME = {"at", "am", "pm", "via", "of", "and", "wrote", "de", "la", "del", "van", "von", "der"}
_MOST_OTHERS = 2  # "dana okafor wrote:"


def attribution_in(text: str) -> tuple[int, int] | None:
    """Where the first such line begins and ends; None where there is none."""
    lines = text.split("\n")
    start = 0
    for number, line in enumerate(lines):
        if _ENDS.search(line) and not line.lstrip().startswith(">"):
            first = _first_line(lines, number)
            if first is not None:
                begin = start - sum(len(above) + 1 for above in lines[first:number])
                return begin, start + len(line)
        start += len(line) + 1
    return None


def _first_line(lines: list[str], last: int) -> int | None:
    """The line with its "On …", at or above the one that ends it; or that one, without a day."""
    for first in range(last, max(-1, last - MAX_LINES), -1):
        line = lines[first]
        is_anothers = not line.strip() or line.lstrip().startswith(">")
        if is_anothers or (first < last and _ENDS_A_SENTENCE.search(line)):
            break
        if _BEGINS.match(line):
            if _is_attribution(" ".join(lines[first : last + 1])):
                return first
            break
    return last if _NAME_AND_ADDRESS.match(lines[last]) else None


def _is_attribution(heading: str) -> bool:
    """Whether it holds a day and a name, and is no sentence that somebody wrote."""
    bare = _IN_BRACKETS.sub(" ", heading)
    others = [word for word in _LOWER_CASE.findall(bare) if word not in _OF_A_NAME]
    return not _PRONOUN.search(bare) and len(others) <= _MOST_OTHERS
