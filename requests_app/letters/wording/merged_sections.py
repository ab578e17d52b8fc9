"""What a challenge argues and asks for, brought into a draft that its writer may have edited.

Three texts: `before` and `after`, as the wording gave the letter then and gives it now, and the
draft. Only the sections that the desk composes from rows are touched. In them every paragraph and
every entry of a list is a block: a block that changed between `before` and `after` changes in the
draft; all others stay as the writer has them. Lists are numbered anew.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from requests_app.letters.wording.changed_sentences import ChangedSentence

COMPOSED_SECTIONS = ("Argument", "What we ask", "What would settle it")

_HEADING = re.compile(r"^#{1,2} +(.+?) *$", re.MULTILINE)
_ENTRY = re.compile(r"\d{1,9}[.)] +")
_ENTRY_MARK = "\x00"  # begins the block of an entry, in place of its number


@dataclass(frozen=True, slots=True)
class _Hunk:
    """The blocks from `start` to `end` became these."""

    start: int
    end: int
    blocks: tuple[str, ...]


def merge_sections(before: str, draft: str, after: str) -> str:
    """The draft with what changed in the composed sections."""
    for heading in COMPOSED_SECTIONS:
        was, now = section_of(before, heading), section_of(after, heading)
        if was != now:
            draft = _with_section(draft, after, heading, _merged(was, draft, now, heading))
    return draft


def without_sections(text: str) -> str:
    """The text with the composed sections' headings alone."""
    for heading in COMPOSED_SECTIONS:
        body = section_of(text, heading)
        if body:
            text = text.replace(body, "", 1)
    return re.sub(r"\n{3,}", "\n\n", text)


def changed_blocks(before: str, after: str) -> tuple[ChangedSentence, ...]:
    """The paragraphs and entries that came or went in the composed sections, to be shown."""
    found = []
    for heading in COMPOSED_SECTIONS:
        was = _blocks(section_of(before, heading))
        now = _blocks(section_of(after, heading))
        gone = [block for block in was if block not in now]
        came = [block for block in now if block not in was]
        found += [ChangedSentence(_shown(block), "") for block in gone]
        found += [ChangedSentence("", _shown(block)) for block in came]
    return tuple(found)


def section_of(text: str, heading: str) -> str:
    """What stands between that heading and the next; empty where there is no such heading."""
    place = _place(text, heading)
    return text[place[1] : place[2]].strip() if place else ""


def _place(text: str, heading: str) -> tuple[int, int, int] | None:
    """Where the heading begins and ends, and where its section does."""
    headings = list(_HEADING.finditer(text))
    for number, match in enumerate(headings):
        if match[1] == heading:
            after = headings[number + 1].start() if number + 1 < len(headings) else len(text)
            return match.start(), match.end(), after
    return None


def _merged(was: str, draft: str, now: str, heading: str) -> str:
    base = _blocks(was)
    ours = _hunks(base, _blocks(section_of(draft, heading)))
    theirs = _hunks(base, _blocks(now))
    free = [hunk for hunk in ours if not any(_overlap(hunk, other) for other in theirs)]
    blocks: list[str] = []
    at = 0
    for hunk in sorted([*free, *theirs], key=lambda hunk: (hunk.start, hunk.end)):
        blocks += base[at : hunk.start]
        blocks += hunk.blocks
        at = max(at, hunk.end)
    return _text([*blocks, *base[at:]])


def _overlap(ours: _Hunk, theirs: _Hunk) -> bool:
    """Whether both changed the same blocks. What was only put in is in nobody's way."""
    if ours.start == ours.end or theirs.start == theirs.end:
        return theirs.start < ours.start < theirs.end or ours.start < theirs.start < ours.end
    return ours.start < theirs.end and theirs.start < ours.end


def _hunks(base: Sequence[str], other: Sequence[str]) -> list[_Hunk]:
    """A run of changed blocks block by block, as far as there are as many on both sides."""
    hunks = []
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if i2 - i1 == j2 - j1:
            hunks += [
                _Hunk(i1 + step, i1 + step + 1, (other[j1 + step],)) for step in range(i2 - i1)
            ]
        else:
            hunks.append(_Hunk(i1, i2, tuple(other[j1:j2])))
    return hunks


def _blocks(text: str) -> list[str]:
    blocks: list[str] = []
    for paragraph in re.split(r"\n{2,}", text.strip()):
        lines = paragraph.split("\n")
        if all(_ENTRY.match(line) for line in lines):
            blocks += [_ENTRY.sub(_ENTRY_MARK, line, count=1) for line in lines]
        elif paragraph.strip():
            blocks.append(paragraph.strip())
    return blocks


def _text(blocks: Sequence[str]) -> str:
    text, number = "", 0
    for block in blocks:
        is_entry = block.startswith(_ENTRY_MARK)
        number = number + 1 if is_entry else 0
        words = f"{number}. {block.removeprefix(_ENTRY_MARK)}" if is_entry else block
        text += ("\n" if number > 1 else "\n\n") + words
    return text.strip()


def _shown(block: str) -> str:
    return block.removeprefix(_ENTRY_MARK)


def _with_section(draft: str, after: str, heading: str, body: str) -> str:
    place = _place(draft, heading)
    whole = f"## {heading}\n\n{body}\n\n" if body else ""
    if place:
        text = draft[: place[0]] + whole + draft[place[2] :]
    elif not body:
        return draft
    else:
        at = _next_heading(draft, after, heading)
        text = f"{draft[:at].rstrip()}\n\n{whole}{draft[at:]}"
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _next_heading(draft: str, after: str, heading: str) -> int:
    """Where the draft has the heading that follows this one in the wording; else its end."""
    names = [match[1] for match in _HEADING.finditer(after)]
    for name in names[names.index(heading) + 1 :]:
        if place := _place(draft, name):
            return place[0]
    return len(draft)
