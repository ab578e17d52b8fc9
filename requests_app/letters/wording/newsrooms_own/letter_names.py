"""Every letter that a newsroom can word anew, by its template's name, and what people call it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from requests_app.letters.facts.declared_facts import appeal_letter
from requests_app.letters.facts.due_facts import Tone
from requests_app.letters.wording.newsrooms_own.trial_facts import cities_of, occasions
from requests_app.letters.wording.templates import wording
from requests_app.models import LetterKind

_CHALLENGE = appeal_letter("")
_TONES = {
    f"{LetterKind.FOLLOW_UP}_{Tone.BEFORE}": "Follow-up before the day",
    f"{LetterKind.FOLLOW_UP}_{Tone.ON}": "Follow-up on the day",
    f"{LetterKind.FOLLOW_UP}_{Tone.AFTER}": "Follow-up after the day",
    LetterKind.FOLLOW_UP: "Follow-up where no day runs",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a wording is used: `slug` as `LetterWording.scope` has it."""

    slug: str
    name: str


def letters() -> Iterator[str]:
    """All of them, each once."""
    yield from dict.fromkeys(wording().template(path).stem for path in wording().paths())


def name_of(letter: str) -> str:
    if letter in _TONES:
        return _TONES[letter]
    if not letter.startswith(_CHALLENGE):
        return str(LetterKind(letter).label)
    names = dict.fromkeys(one.route.name for one in occasions(letter, "") if one.route)
    if len(names) == 1:
        return next(iter(names))
    return letter.removeprefix(_CHALLENGE).replace("_", " ").capitalize()


def kind_of(letter: str) -> LetterKind:
    """The kind of letter of which this is a wording: a follow-up has several, as challenges do."""
    if letter.startswith(_CHALLENGE):
        return LetterKind.APPEAL
    return LetterKind.FOLLOW_UP if letter in _TONES else LetterKind(letter)


class Group(StrEnum):
    """The headings of a list of letters, in their order."""

    REQUESTS = "What begins a request"
    REPLIES = "What answers the city"
    FOLLOW_UPS = "What asks where it stands"
    CHALLENGES = "What challenges an answer"


def group_of(letter: str) -> Group:
    kind = kind_of(letter)
    if kind in {LetterKind.APPEAL, LetterKind.NOTICE_OF_SUIT} or kind.described.in_a_challenge:
        return Group.CHALLENGES
    if letter in LetterKind.requests():
        return Group.REQUESTS
    return Group.FOLLOW_UPS if letter in _TONES else Group.REPLIES


def scopes_of(letter: str) -> tuple[Scope, ...]:
    """Every city, each state, each city that such a letter can go to."""
    cities = cities_of(letter)
    states = {city.statute.slug: city.state for city in cities}
    return (
        Scope("", "Every city"),
        *(Scope(slug, name) for slug, name in states.items()),
        *(Scope(city.slug, city.name) for city in cities),
    )
