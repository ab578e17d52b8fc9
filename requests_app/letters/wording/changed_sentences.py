"""What became of a draft's wording since it was written: sentence by sentence, and into the draft.

Three texts: `before`, as the wording gave it when the draft was written; `after`, as it gives it
today; and the draft itself, which its writer may have edited. A sentence that the writer left as it
was can be replaced; where they edited it, they choose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256

from requests_app.letters.wording.draft_edits import restore_sentence
from requests_app.letters.wording.split_text import sentences_of

PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True)
class ChangedSentence:
    """Words of the wording then and now; one of the two is empty where they came or went.

    `is_edited`: the draft no longer has the words of then as they were.
    """

    was: str
    now: str
    is_edited: bool = False

    @property
    def key(self) -> str:
        """By which a form tells it from others."""
        return sha256(f"{self.was}\x00{self.now}".encode()).hexdigest()[:16]


def changed_sentences(before: str, after: str, draft: str) -> tuple[ChangedSentence, ...]:
    """Where the wording of today differs from that of then, in the order of the letter."""
    found = []
    for was, now in _changed(before, after):
        is_edited = bool(was) and was not in draft
        if is_edited and now and now in draft:
            continue  # the writer put it so already
        found.append(ChangedSentence(was, now, is_edited))
    return tuple(found)


def take(sentence: ChangedSentence, draft: str, *, before: str, after: str) -> str:
    """The draft with the words of today, in place of those of then or of what became of them."""
    was, now = sentence.was, sentence.now
    if was and was not in draft:
        draft = restore_sentence(before, draft, was)
    if was:
        return draft.replace(was, now, 1) if now else _without(draft, was)
    return restore_sentence(after, draft, now)


def _changed(before: str, after: str) -> Iterator[tuple[str, str]]:
    old, new = _paragraphs(before), _paragraphs(after)
    for tag, i1, i2, j1, j2 in _opcodes(old, new):
        if tag == "equal":
            continue
        pairs = min(i2 - i1, j2 - j1)
        for number in range(pairs):
            yield from _within(old[i1 + number], new[j1 + number])
        yield from ((paragraph, "") for paragraph in old[i1 + pairs : i2])
        yield from (("", paragraph) for paragraph in new[j1 + pairs : j2])


def _within(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The changed runs of sentences of a paragraph that stands in another's place."""
    before, after = list(sentences_of(old)), list(sentences_of(new))
    for tag, i1, i2, j1, j2 in _opcodes(before, after):
        if tag != "equal":
            yield " ".join(before[i1:i2]), " ".join(after[j1:j2])


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _paragraphs(text: str) -> list[str]:
    return [block.strip() for block in text.strip().split(PARAGRAPH) if block.strip()]


def _without(text: str, words: str) -> str:
    """Without the words, nor the space or the empty paragraph that they would leave."""
    gone: str = next(one for one in (f"{words} ", f" {words}", words) if one in text)
    return re.sub(r"\n{3,}", PARAGRAPH, text.replace(gone, "", 1))
