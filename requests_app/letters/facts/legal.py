"""The sentences of a letter that rest on law, so that a change to one is noticed."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from requests_app.letters.facts.split_text import normal, paragraphs_of, sentences_of

_CITATION = re.compile(
    r"§|\b(?:ORS|OAR|CCP|RSMo)\b|\bSections?\s+\d|\bStat\.|\bGov\. Code\b|\bCivil Procedure\b"
)


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
