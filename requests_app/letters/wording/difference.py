"""What was added and what was removed between two texts, paragraph by paragraph, in words."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Beyond so many words two paragraphs are told apart as a whole, and beyond so many paragraphs two
# texts: to match them takes time by the square.
MOST_WORDS = 4_000
MOST_PARAGRAPHS = 4_000
_PIECES = re.compile(r"\S+\s*")


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """Neighboring words with one fate."""

    change: Change
    words: str

    @property
    def tag(self) -> str:
        """Of HTML."""
        return {Change.ADDED: "ins", Change.REMOVED: "del"}.get(self.change, "span")


Paragraph = tuple[Run, ...]


def between(old: str, new: str) -> list[Paragraph]:
    """The paragraphs of both, each as runs of words, in the order in which one reads them."""
    before, after = _paragraphs(old), _paragraphs(new)
    if len(before) + len(after) > MOST_PARAGRAPHS:
        return [] if before == after else [(Run(Change.REMOVED, old), Run(Change.ADDED, new))]
    found: list[Paragraph] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [(Run(Change.SAME, words),) for words in before[i1:i2]]
        else:
            found += _changed(before[i1:i2], after[j1:j2])
    return found


def is_any(paragraphs: list[Paragraph]) -> bool:
    return any(run.change is not Change.SAME for paragraph in paragraphs for run in paragraph)


def _paragraphs(text: str) -> list[str]:
    return [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]


def _changed(before: list[str], after: list[str]) -> list[Paragraph]:
    """Those that stand in each other's place are compared by words; the rest came or went."""
    pairs = min(len(before), len(after))
    found = [_by_words(old, new) for old, new in zip(before[:pairs], after[:pairs], strict=True)]
    found += [(Run(Change.REMOVED, words),) for words in before[pairs:]]
    found += [(Run(Change.ADDED, words),) for words in after[pairs:]]
    return found


def _by_words(old: str, new: str) -> Paragraph:
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        return Run(Change.REMOVED, old), Run(Change.ADDED, new)
    matcher = SequenceMatcher(None, old.split(), new.split(), autojunk=False)
    runs: list[Run] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Run(Change.SAME, "".join(after[j1:j2])))
            continue
        if i2 > i1:
            runs.append(Run(Change.REMOVED, "".join(before[i1:i2])))
        if j2 > j1:
            runs.append(Run(Change.ADDED, "".join(after[j1:j2])))
    return tuple(runs)
