"""The facts of a letter that nobody wrote: to try a wording on, and to show what it says.

What a city's pack says is real: its name, its office, its law, its bodies. What a request would say
is an example; or, to see where a text prints which fact, a mark of its own in its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from cities.schema.city import City, RequestKind
from cities.schema.legal_sentences import SENTENCES
from cities.schema.load import all_cities, load_city
from cities.schema.offices import Office, Route
from requests_app.letters.facts.declared_facts import (
    FACTS,
    REQUEST_LETTER,
    Declared,
    appeal_letter,
    declared_for,
)
from requests_app.letters.facts.due_day import marked
from requests_app.letters.wording.templates import Template, wording
from requests_app.models import LetterKind
from requests_app.vocabulary import dates_and_amounts

LAW = frozenset(SENTENCES)
OF_AN_OFFICE = frozenset({"salutation", "office_name"})
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A letter of that name to that city; a challenge by that route."""

    letter: str
    city: City
    route: Route | None = None

    @property
    def place(self) -> str:
        return f"{self.city.name} ({self.route.body})" if self.route else self.city.name

    @property
    def key(self) -> str:
        """By which an address names it."""
        return f"{self.city.slug}:{self.route.slug}" if self.route else self.city.slug

    @property
    def template(self) -> Template:
        """The pack's own wording of it."""
        return wording().nearest((self.letter,), self.city.slug)

    @property
    def declared(self) -> dict[str, Declared]:
        return declared_for(self.letter) or {}

    @property
    def from_the_pack(self) -> Values:
        """What the pack says: None where it says nothing."""
        city, statute = self.city, self.city.statute
        law = {key: city.sentences.get(key) for key in LAW}
        office = _office(self)
        said: Values = {key: marked(one.text) if one else None for key, one in law.items()}
        said |= {
            "salutation": office.salutation,
            "office_name": office.name,
            "city_name": city.name,
            "state_name": city.state,
            "law_name": statute.name,
            "law_short_name": statute.short_name,
            "law_citation": statute.citation,
        }
        if route := self.route:
            said["salutation"] = office.salutation if route.is_court else route.salutation
            said["body"] = dates_and_amounts.typographic(route.body)
            may_cite = route.confidence.may_enter_letter
            said["route_citation"] = route.citation if may_cite else None
        return {name: value for name, value in said.items() if name in self.declared}

    def examples(self) -> Values:
        """All that such a letter may say, as it might read."""
        return {name: fact.example for name, fact in self.declared.items()} | self.from_the_pack

    def marked(self) -> Values:
        """The same, with a mark that names the fact in place of what a request would say. Whom a
        letter greets follows from the office asked, so that is a request's too."""
        marks = {name: _marked(name, fact) for name, fact in self.declared.items()}
        real = {name: said for name, said in self.from_the_pack.items() if name not in OF_AN_OFFICE}
        return marks | real

    def cases(self, also: frozenset[str] = frozenset()) -> Iterator[Values]:
        """All facts and the fewest; each one gone or come alone; and every value that is told
        apart. What a request would say stands in it as a mark that names the fact.

        `also`: facts that a text names beside those of the pack's template.
        """
        declared, full = self.declared, self.marked()
        least = {name: full[name] if fact.is_always else None for name, fact in declared.items()}
        yield full
        yield least
        for name in sorted((self.template.names | also) & declared.keys()):
            fact, value = declared[name], full[name]
            for other in (*(() if fact.is_always else (None,)), *_others(name, fact)):
                yield full | {name: other}
            for given in (value, *_others(name, fact)):
                yield least | {name: given}


def occasions(letter: str, scope: str) -> tuple[Occasion, ...]:
    """Where the wording of that letter for that scope is used: each city, each route there.

    `scope`: "" for every city, a state's slug, or a city's.
    """
    return tuple(
        one
        for one in _all(letter)
        if not scope or one.city.slug == scope or one.city.slug.startswith(f"{scope}/")
    )


@cache
def _all(letter: str) -> tuple[Occasion, ...]:
    if letter in FACTS and not letter.startswith(appeal_letter("")):
        return tuple(Occasion(letter, city) for city in all_cities())
    return tuple(
        Occasion(letter, city, route)
        for city in all_cities()
        for route in city.all_routes()
        if letter_by(city.slug, route) == letter
    )


def letter_by(city: str, route: Route) -> str:
    """The letter of a challenge by that route there."""
    stems = (appeal_letter(route.slug), appeal_letter(route.kind))
    return wording().nearest(stems, city).stem


def _office(occasion: Occasion) -> Office:
    city, letter = occasion.city, occasion.letter
    kinds = {stem: kind for kind, stem in REQUEST_LETTER.items()}
    if letter == LetterKind.MISUSE_COMPLAINT and city.enforcer:
        return city.enforcer
    kind = kinds.get(LetterKind(letter), RequestKind.RECORDS) if letter in kinds else None
    return city.offices_for(kind or RequestKind.RECORDS)[0]


def _marked(name: str, fact: Declared) -> Any:
    return _with_marks(name, fact.example) if fact.is_printed else fact.example


def _others(name: str, fact: Declared) -> Iterator[Any]:
    for number, other in enumerate(fact.others, start=1):
        is_text = isinstance(other, str)
        yield other if is_text else _with_marks(f"{name} {number}", other)


def _with_marks(name: str, value: Any) -> Any:
    """The value in its shape, each text in it a mark that no other fact has."""
    if isinstance(value, str):
        return f"⟦{name.replace('_', ' ')}⟧"
    if isinstance(value, list | tuple):
        kept = (
            _with_marks(f"{name}.{number}", one) if one else one
            for number, one in enumerate(value, start=1)
        )
        return type(value)(kept)
    return value


def cities_of(letter: str) -> tuple[City, ...]:
    """The cities to which such a letter can go."""
    return tuple(load_city(slug) for slug in dict.fromkeys(one.city.slug for one in _all(letter)))
