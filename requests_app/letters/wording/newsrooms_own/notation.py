"""What may stand in a newsroom's own wording, and how a letter is written from it.

Words are the little Markdown of letters. `{{ asked_on }}` is a fact of the request, and
`{{ pack: relief }}` a passage of the pack's own wording. A line is what comes and goes: one that
names a fact which is not known is left out, and a line below it that begins with "or:" stands in
for it. A heading with nothing below it is left out too. There is nothing else: no conditions, no
filters, no code, and braces in a fact are braces on paper.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from requests_app.letters import markdown
from requests_app.letters.errors import LetterError
from requests_app.letters.wording.templates import tidy

LONGEST = 20_000  # characters: ten times the longest letter of the packs
MOST_PLACES = 120
PACK = "pack:"
OR = "or:"

_PLACE = re.compile(r"\{\{([^{}\n]{0,80})\}\}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PASSAGE = re.compile(r"[a-z][a-z0-9 ]*")
_ALONE = re.compile(r"(> |- )?\{\{[^{}\n]{0,80}\}\}")
_CODE = ("{%", "%}", "{#", "#}", "{{", "}}")
_HEADING = re.compile(r"(#{1,6}) ")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands, or a passage of the pack."""

    name: str
    is_passage: bool = False

    def __str__(self) -> str:
        return f"{{{{ {PACK} {self.name} }}}}" if self.is_passage else f"{{{{ {self.name} }}}}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: words and places in their order. `number` is its own in the text, from 1."""

    number: int
    pieces: tuple[str | Place, ...]
    is_instead: bool = False  # begins with "or:"
    shape: str = ""  # "> " or "- " before a fact that stands alone on the line

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(
            piece.name for piece in self.pieces if isinstance(piece, Place) and not piece.is_passage
        )

    @property
    def only(self) -> Place | None:
        """What stands alone on the line."""
        place = self.pieces[0] if len(self.pieces) == 1 else None
        return place if isinstance(place, Place) else None


@dataclass(frozen=True, slots=True)
class OwnText:
    """A wording that was read: its paragraphs, each of some lines."""

    source: str
    paragraphs: tuple[tuple[Line, ...], ...]

    @property
    def places(self) -> Iterator[Place]:
        for paragraph in self.paragraphs:
            for line in paragraph:
                yield from (piece for piece in line.pieces if isinstance(piece, Place))

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(place.name for place in self.places if not place.is_passage)

    @property
    def passages(self) -> tuple[str, ...]:
        return tuple(place.name for place in self.places if place.is_passage)

    @property
    def words(self) -> str:
        """What the newsroom itself wrote, without its places."""
        return _PLACE.sub(" ", self.source)


def read(source: str) -> OwnText:
    """LetterError with a sentence for whoever wrote it, where it is more than words and places."""
    text = "\n".join(line.strip() for line in markdown.clean(source).strip().split("\n"))
    if not text:
        raise LetterError("The wording is empty: write it, or put the pack's wording back.")
    if len(text) > LONGEST:
        raise LetterError(
            f"The wording has {len(text):,} characters, and a letter {LONGEST:,} at most: shorten "
            "it."
        )
    paragraphs: list[tuple[Line, ...]] = []
    gathered: list[Line] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line:
            gathered.append(_line(number, line, is_first=not gathered))
        elif gathered:
            paragraphs.append(tuple(gathered))
            gathered = []
    own = OwnText(text, tuple(paragraphs))
    if sum(1 for _ in own.places) > MOST_PLACES:
        raise LetterError(f"The wording has more than {MOST_PLACES} places for facts: shorten it.")
    return own


def _line(number: int, line: str, *, is_first: bool) -> Line:
    is_instead = line.startswith(OR)
    if is_instead and is_first:
        raise LetterError(
            f"Line {number} begins with “{OR}” and has no line right above it to stand in for: "
            "write one there, or take the word out."
        )
    words = line.removeprefix(OR).strip() if is_instead else line
    shape = ""
    if alone := _ALONE.fullmatch(words):
        shape = alone[1] or ""
        words = words.removeprefix(shape)
    return Line(number, tuple(_pieces(number, words)), is_instead, shape)


def _pieces(number: int, words: str) -> Iterator[str | Place]:
    at = 0
    for place in _PLACE.finditer(words):
        if place.start() > at:
            yield _plain(number, words[at : place.start()])
        yield _place(number, place[1].strip())
        at = place.end()
    if at < len(words):
        yield _plain(number, words[at:])


def _plain(number: int, words: str) -> str:
    for mark in _CODE:
        if mark in words:
            raise LetterError(
                f"Line {number} has “{mark}”, which is no place for a fact. A fact is written "
                "{{ asked_on }}, by its name alone, and a passage of the pack {{ pack: relief }}."
            )
    return words


def _place(number: int, inside: str) -> Place:
    if inside.startswith(PACK):
        name = " ".join(inside.removeprefix(PACK).split())
        if _PASSAGE.fullmatch(name):
            return Place(name, is_passage=True)
    elif _NAME.fullmatch(inside):
        return Place(inside)
    raise LetterError(
        f"Line {number} has {{{{ {inside} }}}}, which is no name: between the braces stands the "
        "name of a fact, as in {{ asked_on }}, and nothing else."
    )


Passage = Callable[[str], str]


def write(own: OwnText, facts: Mapping[str, Any], passage: Passage) -> str:
    """The letter's text. `passage` gives a passage of the pack with these facts."""
    return without_empty_sections(write_part(own, facts, passage))


def write_part(own: OwnText, facts: Mapping[str, Any], passage: Passage) -> str:
    """Of a part of a letter: its headings stand whatever comes below them."""
    written = (_paragraph(lines, facts, passage) for lines in own.paragraphs)
    return tidy("\n\n".join(text for text in written if text))


def _paragraph(lines: tuple[Line, ...], facts: Mapping[str, Any], passage: Passage) -> str:
    written: list[str] = []
    is_said = False  # whether the line above, or one that stood in for it, could be said
    for line in lines:
        if line.is_instead and is_said:
            continue
        is_said = all(facts.get(name) is not None for name in line.facts)
        if not is_said:
            continue
        if line.only and line.only.is_passage:
            text = passage(line.only.name)
            if text:
                written.append(text.removesuffix("\n"))
        elif line.only:
            is_paragraph = len(lines) == 1
            written.append(_set_off(facts[line.only.name], line.shape, is_paragraph=is_paragraph))
        else:
            written.append("".join(_said(piece, facts, passage) for piece in line.pieces))
    return "\n".join(written)


def _said(piece: str | Place, facts: Mapping[str, Any], passage: Passage) -> str:
    if isinstance(piece, str):
        return piece
    if piece.is_passage:
        return passage(piece.name)
    value = facts[piece.name]
    return markdown.listed(value) if isinstance(value, list) else markdown.escape(str(value))


def _set_off(value: Any, shape: str, *, is_paragraph: bool) -> str:
    """A fact that stands alone on its line: as a list, a quotation, or paragraphs."""
    several = isinstance(value, list)
    if shape == "> " or (several and len(value) == 1 and not shape):
        return markdown.quoted("\n".join(value) if several else str(value))
    if shape == "- ":
        return markdown.lines("\n".join(value) if several else str(value))
    if several:
        return markdown.numbered(value)
    return markdown.paragraphs(str(value)) if is_paragraph else markdown.escape(str(value))


def without_empty_sections(text: str) -> str:
    kept: list[str] = []
    next_level = 0  # of the heading that follows directly below; 0 where words do
    is_end = True
    for block in reversed(text.strip().split("\n\n")):
        heading = _HEADING.match(block)
        level = len(heading[1]) if heading else 0
        if level and (is_end or (next_level and next_level <= level)):
            continue
        kept.append(block)
        next_level, is_end = level, False
    return "\n\n".join(reversed(kept)) + "\n"
