"""The small language of phrases.toml, compiled.

your [public] records request    words; those in [] may be missing
(attached|enclosed)              one of these
clarif*                          any ending
request ... denied               up to eight words between
{amount}                         a pattern of the table [patterns], written as a phrase itself
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from requests_app.mail.suggestions import SuggestionKind

FILE = Path(__file__).with_name("phrases.toml")
_GAP = r"(?:\s+\S+){0,8}?"
# Patterns a phrase may name and that are no words.
BUILT_IN = {
    "amount": r"(?:\$\s?\d[\d,]*(?:\.\d{1,2})?|\$\.\d\d|\d[\d,]*(?:\.\d\d)?\s+dollars"
    r"|[a-z-]+(?:\s[a-z-]+){0,4}\s(?:dollars|cents))(?!\s*(?:million|billion))",
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
class Rule:
    name: str
    kind: SuggestionKind
    says: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]  # anywhere in the sentence: the rule does not count


@dataclass(frozen=True, slots=True)
class SetAside:
    """Sentences whose words do not count."""

    name: str
    kinds: frozenset[SuggestionKind]
    before: tuple[re.Pattern[str], ...]  # stands before the match, in the sentence
    just_before: tuple[re.Pattern[str], ...]  # within the four words before it
    anywhere: tuple[re.Pattern[str], ...]
    paragraph_opens: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    rules: tuple[Rule, ...]
    set_aside: tuple[SetAside, ...]


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The rules of phrases.toml, compiled once."""
    return parse(FILE.read_text(encoding="utf-8"))


def parse(text: str) -> Phrases:
    """PhraseError or a KeyError names what is wrong."""
    table = tomllib.loads(text)
    words = {**BUILT_IN}
    for name, phrase in table.get("patterns", {}).items():
        words[name] = f"(?:{_regex(phrase, words)})"

    def compiled(entry: dict[str, list[str]], key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(_compile(phrase, words) for phrase in entry.get(key, []))

    rules = tuple(
        Rule(
            name=entry["name"],
            kind=SuggestionKind(entry["kind"]),
            says=compiled(entry, "says"),
            unless=compiled(entry, "unless"),
        )
        for entry in table["rules"]
    )
    aside = tuple(
        SetAside(
            name=entry["name"],
            kinds=frozenset(SuggestionKind(kind) for kind in entry.get("kinds", SuggestionKind)),
            before=compiled(entry, "before"),
            just_before=compiled(entry, "just_before"),
            anywhere=compiled(entry, "anywhere"),
            paragraph_opens=compiled(entry, "paragraph_opens"),
        )
        for entry in table["set_aside"]
    )
    return Phrases(rules, aside)


def _compile(phrase: str, words: dict[str, str]) -> re.Pattern[str]:
    begins = r"(?<!\w)" if re.match(r"[\w(\[]", phrase) else ""
    ends = r"(?!\w)" if re.search(r"[\w)\]]$", phrase) else ""
    try:
        return re.compile(f"{begins}(?:{_regex(phrase, words)}){ends}", re.IGNORECASE)
    except re.error as error:
        raise PhraseError(f"the phrase {phrase!r} cannot be read: {error}") from error


def _regex(phrase: str, words: dict[str, str]) -> str:
    pieces: list[str] = []
    position = 0
    while position < len(phrase):
        match = _TOKEN.match(phrase, position)
        if match is None:
            raise PhraseError(f"the phrase {phrase!r} cannot be read at {phrase[position:]!r}")
        pieces.append(_piece(match, phrase, words))
        position = match.end()
    return "".join(pieces)


def _piece(match: re.Match[str], phrase: str, words: dict[str, str]) -> str:
    gap, lead, optional, trail, name, sign, space, word = match.groups()
    if gap:
        return _GAP
    if optional is not None:  # one of its spaces is missing with it
        trail = "" if phrase.startswith("...", match.end()) else trail
        inner = f"(?:{_regex(optional, words)})"
        if lead:
            return rf"(?:\s+{inner})?" + (r"\s+" if trail else "")
        return rf"(?:{inner}\s+)?" if trail else f"(?:{inner})?"
    if name:
        if name not in words:
            raise PhraseError(f"the phrase {phrase!r} names {{{name}}}, which is no pattern")
        return f"(?:{words[name]})"
    if sign:
        return {"(": "(?:", "*": r"\w*"}.get(sign, sign)
    return r"\s+" if space else re.escape(word)
