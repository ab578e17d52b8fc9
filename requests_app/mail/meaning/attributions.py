"""The line a mail program puts above what it quotes: "On <day>, <somebody> wrote:".

Programs wrap it at any word, so it is read upward from its end, a few lines at most. What stands
above it is the sender's own, and so is a sentence such as "On November 3, 2026, you wrote:".
"""

import re
from itertools import islice

MAX_LINES = 4  # the most a program breaks it into
_ENDS = re.compile(r"(?:\bwrote\s?:|>\s{1,3}sent\s?:|>\s?:?)\s*$")
_ENDS_WITH_A_COLON = re.compile(r":\s*$")
_DAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b"
    r"|\d{1,2}(?:st|nd|rd|th)?\.?[ ]|\d{1,2}-[a-z]{3}|\d{1,4}[./-]\d)"
)
_BEGINS = re.compile(rf"\s*On\s+{_DAY}", re.IGNORECASE)
_ADDRESS = r"<\s?[^<>\n]{1,100}@[^<>\n]{3,100}>"
_NAME_AND_ADDRESS = re.compile(rf"[^<>\n]{{1,80}}{_ADDRESS}\s{{1,3}}wrote\s?:\s*$")
_DAY_NAME_AND_ADDRESS = re.compile(
    rf"\s*\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}},?(?:\s\d{{1,2}}:\d\d,?"
    rf"(?:\s(?:GMT|UTC)[+-]?[\d:]*)?)?\s[^<>:\n]{{1,60}}{_ADDRESS}\s?:?\s*$"
)
# Gmail's of old, which names the distance to Greenwich and sometimes no address.
_MOMENT_AND_NAME = re.compile(
    r"\s*\d{4}-\d\d-\d\d\s\d{1,2}:\d\d\s(?:GMT|UTC)[+-]\d\d:?\d\d\s[^\n:<>]{2,80}(?:<[^<>\n]*>)?\s?:?\s*$"
)
# "At 6/16/2016 08:32 PM, you wrote:" and "On May 3, you wrote:", where marked lines follow.
_YOU_WROTE = re.compile(
    rf"\s*(?:On|At)\s+{_DAY}[^\n]{{0,80}}\byou\s(?:wrote|said)\s?:\s*$", re.IGNORECASE
)
# "> ", "| ", and with whose words they are "DO> ", "Dana> ".
QUOTE_MARK = re.compile(r"\s*(?:>|\|(?:\s|$)|[A-Za-z][\w-]{0,14}>)")
_SHARES_ITS_LINE = re.compile(rf"(?:\s|-{{2,}}\s*)(?=(?-i:On)\s+{_DAY})", re.IGNORECASE)
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
        ends = _ENDS.search(line) or _MOMENT_AND_NAME.match(line)
        if ends and not line.lstrip().startswith(">"):
            first = _first_line(lines, number)
            if first is not None:
                begin = start - sum(len(above) + 1 for above in lines[first:number])
                return begin, start + len(line)
            shared = _within_a_line(line) if _is_above_quotes(lines, number) else None
            if shared is not None:
                return start + shared, start + len(line)
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
            whole = " ".join(lines[first : last + 1])
            if _ENDS_WITH_A_COLON.search(whole) and _is_attribution(whole):
                return first
            break
    if _NAME_AND_ADDRESS.match(lines[last]) or _MOMENT_AND_NAME.match(lines[last]):
        return last
    if _is_above_quotes(lines, last):
        if _YOU_WROTE.match(lines[last]):
            return last
        for first in (last, max(0, last - 1)):
            if _DAY_NAME_AND_ADDRESS.match(" ".join(lines[first : last + 1])):
                return first
    return None


def _within_a_line(line: str) -> int | None:
    """Where it begins behind words of the sender's, in the same line."""
    for match in _SHARES_ITS_LINE.finditer(line):
        if _ENDS_WITH_A_COLON.search(line) and _is_attribution(line[match.end() :]):
            return match.start()
    return None


def _is_above_quotes(lines: list[str], number: int) -> bool:
    for below in islice(lines, number + 1, number + 1 + MAX_LINES):
        if below.strip():
            return bool(QUOTE_MARK.match(below))
    return False


def _is_attribution(heading: str) -> bool:
    """Whether it holds a day and a name, and is no sentence that somebody wrote."""
    bare = _IN_BRACKETS.sub(" ", heading)
    others = [word for word in _LOWER_CASE.findall(bare) if word not in _OF_A_NAME]
    return not _PRONOUN.search(bare) and len(others) <= _MOST_OTHERS
