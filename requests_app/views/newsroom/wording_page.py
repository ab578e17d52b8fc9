"""What the page of a letter's wording shows: each part and what it says, and what must be kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from requests_app.letters import LetterError
from requests_app.letters.facts.due_day import MARK
from requests_app.letters.markdown import to_html
from requests_app.letters.wording.newsrooms_own import kept
from requests_app.letters.wording.newsrooms_own.checks import KEPT_PASSAGES
from requests_app.letters.wording.newsrooms_own.in_force import text_of
from requests_app.letters.wording.newsrooms_own.notation import Place, read, write_part
from requests_app.letters.wording.newsrooms_own.pack_passages import pack_text
from requests_app.letters.wording.newsrooms_own.real_facts import facts_of, first_that_fits
from requests_app.letters.wording.newsrooms_own.trial_facts import LAW, Occasion
from requests_app.letters.wording.templates import wording
from requests_app.models import RecordsRequest, User

REQUESTS_OFFERED = 12
AN_EXAMPLE = "example"
A_DAY = "Monday, November 9, 2026"


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph as it is typed, and what it says; or why it cannot be read."""

    text: str
    says: SafeString
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that the wording must keep: its place, what it says here, and whether it is in.

    `is_law`: our own words will do, with the same citation.
    """

    place: str
    says: str
    is_in: bool
    is_law: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A wording as it is shown for one city, on the facts of a request or on examples."""

    occasion: Occasion
    request: RecordsRequest | None
    offered: tuple[RecordsRequest, ...]
    facts: dict[str, Any]

    def parts(self, text: str) -> tuple[Part, ...]:
        return tuple(self._part(block) for block in _blocks(text))

    def _part(self, block: str) -> Part:
        packs = pack_text(self.occasion.template)
        try:
            own = read(block)
            words = write_part(own, self.facts, lambda name: packs.passage(name, self.facts))
        except (LetterError, KeyError) as error:
            problem = str(error) if isinstance(error, LetterError) else "It names an unknown fact."
            return Part(block, SafeString(""), problem)
        html = to_html(words.replace(MARK, A_DAY))
        return Part(block, mark_safe(html))  # noqa: S308  escaped by `to_html`

    def kept(self, text: str) -> tuple[Kept, ...]:
        """What the pack's letter to this city says at most, and whether this text says it too."""
        occasion, facts = self.occasion, self.occasion.marked()
        examples = {**self.occasion.examples(), **{k: v for k, v in self.facts.items() if v}}
        theirs = wording().write(occasion.template, facts)
        lost = set(_lost(occasion, text, theirs))
        return tuple(
            Kept(
                str(Place(name)),
                _in_words(examples[name]),
                name not in lost,
                is_law=name in LAW and MARK not in str(examples[name]),
            )
            for name in kept.printed(occasion.declared, facts, theirs)
        ) + tuple(self._passages_kept(text))

    def _passages_kept(self, text: str) -> Iterator[Kept]:
        packs = pack_text(self.occasion.template)
        for name in KEPT_PASSAGES:
            if name in packs.passages:
                place = str(Place(name, is_passage=True))
                yield Kept(place, "the pack’s words for each answer", place in text)

    def also(self, text: str) -> tuple[Kept, ...]:
        """What may stand in it besides, and does not."""
        packs, declared = pack_text(self.occasion.template), self.occasion.declared
        passages = [str(Place(name, is_passage=True)) for name in packs.passages]
        facts = {
            str(Place(name)): _in_words(self.facts.get(name) or fact.example)
            for name, fact in declared.items()
            if fact.is_printed and (name not in LAW or self.facts.get(name))
        }
        found = facts | dict.fromkeys(passages, "a passage of the pack")
        return tuple(Kept(place, says, False) for place, says in found.items() if place not in text)


def shown_for(occasion: Occasion, reader: User, *, wanted: str, on: date) -> Shown:
    """On the facts of the request that is wanted, by its reference; else of the newest that fits;
    else, or where that is wanted, on examples."""
    visible = RecordsRequest.objects.visible_to(reader).filter(
        city_slug=occasion.city.slug, newsroom=reader.membership.newsroom
    )
    offered = tuple(visible.select_related("newsroom").order_by("-pk")[:REQUESTS_OFFERED])
    chosen = [one for one in offered if one.reference == wanted]
    found = None
    if wanted != AN_EXAMPLE:
        found = first_that_fits(occasion.letter, chosen or offered, on=on)
    fitting = tuple(one for one in offered if facts_of(occasion.letter, one, on=on) is not None)
    if found is None:
        return Shown(occasion, None, fitting, occasion.examples())
    return Shown(occasion, found[0], fitting, found[1])


def _lost(occasion: Occasion, text: str, theirs: str) -> tuple[str, ...]:
    facts = occasion.marked()
    try:
        own = text_of(read(text), occasion.template, facts)
    except (LetterError, KeyError):
        return tuple(facts)
    return kept.lost(occasion.declared, facts, theirs, own)


def _blocks(text: str) -> list[str]:
    blocks = [block.strip("\n") for block in text.strip().split("\n\n")]
    return [block for block in blocks if block.strip()]


def _in_words(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(words for one in value if (words := _in_words(one)))
    return str(value or "").replace(MARK, A_DAY)
