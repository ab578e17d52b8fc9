"""The sentences of a letter that rest on law: which they are, and which of them were changed.

A change warns and forbids nothing: a reporter may know better. Moving a sentence is no change, nor
is another kind of quote, space or backslash, nor the day that the desk fills in.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from requests_app.letters.facts.due_day import MARK
from requests_app.letters.wording.split_text import normal, paragraphs_of, sentences_of

_CITATION = re.compile(
    r"§|\b(?:ORS|OAR|CCP|RSMo)\b|\bSections?\s+\d|\bStat\.|\bGov\. Code\b|\bCivil Procedure\b"
)
_DAY = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December) \d{1,2}, \d{4}"
)
_FILLED = f"(?:{re.escape(MARK)}|{_DAY})"


def legal_sentences(text: str, *, law: Iterable[str], ours: Iterable[Any]) -> tuple[str, ...]:
    """Those that quote the law or cite it, word for word, each once, in their order.

    `law`: the pack's sentences that the letter used. `ours`: what the newsroom typed, which may
    cite what it likes.
    """
    quoted = [normal(sentence) for sentence in law]
    typed = [line for value in ours for line in _lines(value) if _CITATION.search(line)]
    found = (
        sentence
        for paragraph in paragraphs_of(text)
        for sentence in sentences_of(paragraph)
        if _is_legal(normal(sentence), quoted, typed)
    )
    return tuple(dict.fromkeys(found))


def _is_legal(sentence: str, quoted: list[str], typed: list[str]) -> bool:
    if any(sentence in one for one in quoted):
        return True
    return bool(_CITATION.search(_without(sentence, typed)))


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (normal(line) for line in value.splitlines() if line.strip())
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _lines(item)


def _without(sentence: str, typed: Iterable[str]) -> str:
    for line in typed:
        sentence = "" if sentence in line else sentence.replace(line, "")
    return sentence


def changed_legal_sentences(legal: Iterable[str], text: str) -> tuple[str, ...]:
    """Those of the legal sentences that are no longer in the text word for word, as they were.

    `text` as it was edited, before `due_day.fill`: a letter by post leaves out the day that nobody
    can count yet, and that is the desk's doing.
    """
    paragraphs = [normal(paragraph) for paragraph in paragraphs_of(text)]
    return tuple(sentence for sentence in legal if not _stands(sentence, paragraphs))


def _stands(sentence: str, paragraphs: list[str]) -> bool:
    """Whether a paragraph has the sentence whole: begun after a stop, and ended by one."""
    words = _FILLED.join(re.escape(part) for part in normal(sentence).split(MARK))
    whole = re.compile(rf"(?:^|(?<=[.!?:;…\"')\]]\s)){words}(?=\s|$)")
    return any(whole.search(paragraph) for paragraph in paragraphs)
