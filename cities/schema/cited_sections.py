"""Sections of a statute as letters cite them, and which of the pack's exemptions they are.

`§ 1-210(b)(3)(A)` is Connecticut's § 1-210(b)(3); `610.021(1) and (14)` are two; California's
letters still use the numbers from before 2023, which the pack keeps as "formerly".
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SECTION = re.compile(
    r"(?<![\d$.,/-])(\d{1,5}(?:[.-]\d{1,4})?)((?:\s?\([0-9A-Za-z]{1,4}\))*)"
    r"((?:\s?(?:,|;|&|and|or|through|[–—-])\s?(?:and\s|or\s)?(?:\([0-9A-Za-z]{1,4}\))+)*)"
    r"(?:\s*,?\s*(?:RSMo\.?,?\s*)?(?:subsections?|subds?\.|subdivisions?)\s+"
    r"\(?(\d{1,2}|[a-z]{1,2})\)?)?"
)
_MORE = re.compile(r"((?:\([0-9A-Za-z]{1,4}\))+)")
_LABEL = re.compile(r"(?:§§?|sections?|secs?\.|code|ORS|RSMo|C\.?G\.?S\.?|subd)\W{0,3}$", re.I)
_ALONE = re.compile(
    r"\b(?:subsections?|subdivisions?|paragraphs?|exemptions?)\s+\(?(\d{1,2})\)?"
    r"((?:\s?(?:,|and|or)\s?\(?\d{1,2}\)?)*)(?:\s+of\s+(?:section\s+|§\s*)?(\d{1,4}[.-]\d{1,4}))?",
    re.IGNORECASE,
)
_QUALIFIER = re.compile(r",\s*([a-z]+) (?:process|privilege)$")


@dataclass(frozen=True, slots=True)
class Cited:
    section: str  # "1-210(b)(3)(A)"
    written: str  # as it stands in the letter
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Ground:
    citation: str
    sections: tuple[str, ...]
    qualifier: str  # a word that must stand in the letter: "deliberative"
    also: str  # a second section that must be cited too: Penal Code § 832.7


def sections(text: str, bases: Sequence[str] = (), main: str = "") -> Iterator[Cited]:
    """The sections named. Those without a dot or dash need a label or to be one of `bases`."""
    for match in _SECTION.finditer(text):
        number, parts = match[1], _tight(match[2])
        is_plain = number.isdigit()
        labeled = _LABEL.search(text[max(0, match.start() - 12) : match.start()])
        if is_plain and not (labeled or (parts and number in bases)):
            continue
        if not is_plain and not (labeled or parts or number in bases):
            continue
        if match[4]:
            parts += f"({match[4]})"
        written = text[match.start() : match.end()].strip()
        yield Cited(f"{number}{parts}", written, match.start(), match.end())
        stem = parts.rpartition("(")[0] if parts else ""
        for more in _MORE.findall(match[3] or ""):
            yield Cited(f"{number}{stem}{more}", more, match.start(), match.end())
    if main:  # "exempt under subsection 3", where the statute has one list
        yield from _subsections(text, main)


def exemptions(text: str, citations: Sequence[str]) -> tuple[tuple[str, ...], tuple[Cited, ...]]:
    """The pack's citations that a letter means, in its order, and everything it cites."""
    grounds = [_ground(citation) for citation in citations]
    bases = Counter(own.partition("(")[0] for ground in grounds for own in ground.sections)
    main, times = bases.most_common(1)[0] if bases else ("", 0)
    is_one_list = times > len(grounds) // 2
    cited = tuple(sections(text, tuple(bases), main if is_one_list else ""))
    lower = text.lower()
    named = {item.section.lower() for item in cited}
    found: dict[str, None] = {}
    for item in cited:
        best = _best(item.section.lower(), grounds, named, lower)
        if best is not None:
            found.setdefault(best.citation)
    return tuple(found), cited


def _subsections(text: str, base: str) -> Iterator[Cited]:
    for match in _ALONE.finditer(text):
        if match[3] and match[3] != base:
            continue
        for number in re.findall(r"\d{1,2}", f"{match[1]} {match[2]}"):
            yield Cited(f"{base}({number})", match[0].strip(), match.start(), match.end())


def _best(section: str, grounds: list[_Ground], named: set[str], letter: str) -> _Ground | None:
    """The ground whose section is the longest beginning of the one cited.

    A bare section of which other grounds are subdivisions says too little to be meant by any.
    """
    divided = {own.partition("(")[0] for ground in grounds for own in ground.sections if "(" in own}
    fitting = [
        (len(own), bool(ground.qualifier or ground.also), ground)
        for ground in grounds
        for own in ground.sections
        if (section == own or section.startswith(f"{own}("))
        and (own not in divided or ground.qualifier or ground.also)
        and (not ground.qualifier or ground.qualifier in letter)
        and (not ground.also or ground.also in named)
    ]
    return max(fitting, key=lambda item: item[:2])[2] if fitting else None


def _ground(citation: str) -> _Ground:
    head, divider, tail = citation.partition(" with ")
    qualifier = _QUALIFIER.search(citation)
    also = next((item.section.lower() for item in sections(tail)), "") if divider else ""
    own = [item.section.lower() for item in sections(head)]
    if match := re.search(r"\((\d+)\)[–-]\((\d+)\)$", citation):  # § 610.021(18)–(19)
        base = own[0].partition("(")[0]
        own = [f"{base}({number})" for number in range(int(match[1]), int(match[2]) + 1)]
    return _Ground(citation, tuple(own), qualifier[1] if qualifier else "", also)


def _tight(parts: str) -> str:
    return parts.replace(" ", "")
