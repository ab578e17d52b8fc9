"""Whether a newsroom's own wording may be saved: what it must keep, in each city that it covers.

Tried as the packs' own wording is tried at every start: with all facts, with the fewest, without
each, and with each value that is told apart. What the pack's letter would say then, this one must
say. A letter that is written is held against the pack's once more, with its own facts: see
`in_force`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from requests_app.letters.errors import LetterError
from requests_app.letters.wording.newsrooms_own.citations import cited, cited_by_the_law_of
from requests_app.letters.wording.newsrooms_own.kept import A_GAP, lost
from requests_app.letters.wording.newsrooms_own.notation import OwnText, read, write
from requests_app.letters.wording.newsrooms_own.pack_passages import PackText, pack_text
from requests_app.letters.wording.newsrooms_own.trial_facts import Occasion, occasions
from requests_app.letters.wording.template_names import meant
from requests_app.letters.wording.templates import wording

KEPT_PASSAGES = ("what the city did", "relief")
"""They say another thing after each answer of a city: words of one's own would be wrong of most."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in a sentence without its end, and where; empty: wherever it is used."""

    problem: str
    places: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f" (in {', '.join(self.places)})" if self.places else ""
        return f"{self.problem}{where}."


def faults(letter: str, scope: str, text: str) -> tuple[Fault, ...]:
    """Why the wording may not be saved; empty where it may."""
    try:
        own = read(text)
    except LetterError as error:
        return (Fault(str(error).rstrip(".")),)
    used = occasions(letter, scope)
    unknown = (*_unknown_facts(own, used), *_twice(own))
    found = unknown or tuple(
        (problem, occasion.place) for occasion in used for problem in _problems(own, occasion)
    )
    return _gathered(found, everywhere=[occasion.place for occasion in used])


Found = tuple[str, str]  # what is wrong, where


def _gathered(found: Iterable[Found], *, everywhere: list[str]) -> tuple[Fault, ...]:
    """One sentence a problem, with the places that have it; with none where all have."""
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for problem, place in found:
        places[problem].setdefault(place)
    return tuple(
        Fault(problem, () if set(where) >= set(everywhere) or "" in where else tuple(where))
        for problem, where in places.items()
    )


def _unknown_facts(own: OwnText, used: tuple[Occasion, ...]) -> tuple[Found, ...]:
    declared = used[0].declared
    printed = [name for name, fact in declared.items() if fact.is_printed]
    return tuple(
        (f"{{{{ {name} }}}} is no fact of this letter{meant(name, printed)}", "")
        for name in sorted(own.facts - set(printed))
    )


def _twice(own: OwnText) -> tuple[Found, ...]:
    return tuple(
        (f"The passage “{name}” stands in it twice: take one of them out", "")
        for name in dict.fromkeys(own.passages)
        if own.passages.count(name) > 1
    )


def _problems(own: OwnText, occasion: Occasion) -> Iterator[str]:
    packs = pack_text(occasion.template)
    known = sorted(packs.passages)
    missing = [name for name in own.passages if name not in packs.passages]
    for name in missing:
        yield f"The pack has no passage “{name}” here{meant(name, known)}"
    for name in KEPT_PASSAGES:
        if name in packs.passages and name not in own.passages:
            yield (
                f"{{{{ pack: {name} }}}} is missing: only the pack's words fit every answer a city "
                "may give"
            )
    for citation in sorted(cited(own.words) - cited_by_the_law_of(occasion.city.slug)):
        yield f"It cites “{citation}”, which no verified entry of the pack has"
    if not missing:
        yield from _lost(own, packs, occasion)


def _lost(own: OwnText, packs: PackText, occasion: Occasion) -> Iterator[str]:
    """What it no longer says that the pack says; each fact once, in the fullest case."""
    named: set[str] = set()
    template, letters = occasion.template, wording()
    for number, facts in enumerate(occasion.cases(own.facts)):
        theirs = letters.write(template, facts)
        try:
            ours = write(own, facts, lambda name, facts=facts: packs.passage(name, facts))  # type: ignore[misc]
        except LetterError as error:
            yield str(error).rstrip(".")
            return
        for name in lost(occasion.declared, facts, theirs, ours):
            if name not in named:
                named.add(name)
                yield _sentence(name, is_full=number == 0)


def _sentence(name: str, *, is_full: bool) -> str:
    if name == A_GAP:
        return "The pack's letter leaves a place to fill in, such as [[your answer]], and this none"
    if is_full:
        return f"It does not say {{{{ {name} }}}}, which the pack's letter says"
    return (
        f"It does not say {{{{ {name} }}}} where another fact of its line is not known: write a "
        "line below it that begins with “or:” and does without that fact"
    )
