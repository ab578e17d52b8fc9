"""The small language of phrases.toml, compiled.

your [public] records request    words; those in [] may be missing
(attached|enclosed)              one of these
clarif*                          any ending
request ... denied               up to eight words between
{amount}                         a pattern of the table [patterns], written as a phrase itself
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_GAP = r"(?:\s+\S+){0,8}?"
# Patterns a phrase may name and that are no words.
BUILT_IN = {
    "amount": r"(?:\$\s?\d[\d,]*(?:\.\d{1,2})?|\$\.\d\d|\d[\d,]*(?:\.\d\d)?\s+dollars"
    r"|[a-z-]{3,20}(?:\s[a-z-]{3,20}){0,4}\s(?:dollars|cents))(?!\s*(?:million|billion))",
    "name": r"(?:the\s+)?(?-i:[A-Z][\w'&./-]*(?:,?\s+(?:of|the|and|for|&)(?=\s+[A-Z])"
    r"|\s+[A-Z][\w'&/-]*)*)",
    "question": r"[^?]{0,200}\?",
    "number": r"\d+",
    "only_attached": r"\A\s*(?:please )?(?:see )?(?:attached|enclosed)(?: as requested)?[.!]?\s*\Z",
}
_TOKEN = re.compile(
    r"(\s*\.\.\.)|(\s*)\[([^\[\]]*)\](\s*)|\{(\w+)\}|([(|)*])|(\s+)|([^\s\[\](){}|*.]+|\.)"
)


class PhraseError(ValueError):
    """A phrase that cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase. A sentence without any of its `needs` cannot hold it: that is looked at first."""

    pattern: re.Pattern[str]
    needs: frozenset[str]  # in lower case; empty: it may be anywhere


def compiled(phrase: str, patterns: Mapping[str, str]) -> Phrase:
    """The phrase, with the table's patterns as they are written there."""
    regex = _regex(phrase, patterns)
    begins = r"(?<!\w)" if re.match(r"[\w(\[{]", phrase) else ""
    ends = r"(?!\w)" if re.search(r"[\w)\]}]$", phrase) else ""
    try:
        pattern = re.compile(f"{begins}(?:{regex}){ends}", re.IGNORECASE)
    except re.error as error:
        raise PhraseError(f"the phrase {phrase!r} cannot be read: {error}") from error
    return Phrase(pattern, _needs(phrase, patterns))


def _tokens(phrase: str) -> Iterator[re.Match[str]]:
    position = 0
    while position < len(phrase):
        match = _TOKEN.match(phrase, position)
        if match is None:
            raise PhraseError(f"the phrase {phrase!r} cannot be read at {phrase[position:]!r}")
        yield match
        position = match.end()


def _regex(phrase: str, patterns: Mapping[str, str]) -> str:
    return "".join(_piece(match, phrase, patterns) for match in _tokens(phrase))


def _piece(match: re.Match[str], phrase: str, patterns: Mapping[str, str]) -> str:
    gap, lead, optional, trail, name, sign, space, word = match.groups()
    if gap:
        return _GAP
    if optional is not None:  # one of its spaces is missing with it
        trail = "" if phrase.startswith("...", match.end()) else trail
        inner = f"(?:{_regex(optional, patterns)})"
        if lead:
            return rf"(?:\s+{inner})?" + (r"\s+" if trail else "")
        return rf"(?:{inner}\s+)?" if trail else f"(?:{inner})?"
    if name in patterns:
        return f"(?:{_regex(patterns[name], patterns)})"
    if name:
        if name not in BUILT_IN:
            raise PhraseError(f"the phrase {phrase!r} names {{{name}}}, which is no pattern")
        return f"(?:{BUILT_IN[name]})"
    if sign:
        return {"(": "(?:", "*": r"\w*"}.get(sign, sign)
    return r"\s+" if space else re.escape(word)


def _needs(phrase: str, patterns: Mapping[str, str]) -> frozenset[str]:
    """Words one of which must stand in a sentence with the phrase: those that narrow it most."""
    choices = [choice for choice in _choices(phrase, patterns) if choice and all(choice)]
    if not choices:
        return frozenset()
    return max(choices, key=lambda choice: (min(map(len, choice)), -len(choice)))


def _choices(phrase: str, patterns: Mapping[str, str]) -> Iterator[frozenset[str]]:
    """For each word and each group of the phrase outside its optional parts: what it can be."""
    depth = 0
    group: list[str] = []  # the longest word of each alternative so far
    for match in _tokens(phrase):
        _, _, optional, _, name, sign, _, word = match.groups()
        if sign == "(":
            depth += 1
            group = [""] if depth == 1 else group
        elif sign == ")":
            depth -= 1
            if depth == 0:
                yield frozenset(group)
        elif sign == "|" and depth == 1:
            group.append("")
        elif sign == "|" and depth == 0:
            return  # alternatives without parentheses: nothing is sure
        elif name in patterns and depth == 0:
            yield from _choices(patterns[name], patterns)
        elif word and optional is None:
            if depth == 0:
                yield frozenset({word.lower()})
            elif depth == 1 and len(word) > len(group[-1]):
                group[-1] = word.lower()
