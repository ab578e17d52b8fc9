"""Which wording a letter is written by: the newsroom's narrowest that is in force, else the pack's.

The pack's letter is written as well, with the same facts, and the two are compared: where the
newsroom's would say less of what must be said, the letter is the pack's, and says so beside it. So
no change of a pack, and no case that nobody tried, can make a letter lose a fact in silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from requests_app.letters.errors import LetterError
from requests_app.letters.facts.declared_facts import declared_for
from requests_app.letters.wording.newsrooms_own.kept import lost
from requests_app.letters.wording.newsrooms_own.notation import OwnText, read, write
from requests_app.letters.wording.newsrooms_own.pack_passages import pack_text
from requests_app.letters.wording.templates import Template, wording
from requests_app.models import LetterWording, Newsroom


@dataclass(frozen=True, slots=True)
class Written:
    """A letter's text, the wording that it is by, and the facts that this wording names.

    `not_used`: why the newsroom's own wording was not taken; empty where it was, or there is none.
    """

    text: str
    template: str
    sha256: str
    names: frozenset[str]
    not_used: str = ""


def wording_in_force(newsroom: Newsroom, letter: str, city_slug: str) -> LetterWording | None:
    """The narrowest that covers the city; None where the pack's wording stands."""
    if newsroom._state.adding:  # a sample's
        return None
    mine = LetterWording.objects.filter(newsroom=newsroom, letter=letter)
    return mine.for_city(city_slug).in_force().first()


def by_the_pack(template: Template, facts: Mapping[str, Any], *, not_used: str = "") -> Written:
    text = wording().write(template, facts)
    return Written(text, template.path, template.sha256, template.names, not_used)


def by_the_newsroom(kept: LetterWording, template: Template, facts: Mapping[str, Any]) -> Written:
    """By its own wording; by the pack's where that one would say less than it must."""
    packs = by_the_pack(template, facts)
    try:
        own = read(kept.text)
        text = text_of(own, template, facts)
    except LetterError as error:
        return by_the_pack(template, facts, not_used=str(error))
    if missing := lost(declared_for(template.stem) or {}, facts, packs.text, text):
        named = ", ".join(name.replace("_", " ") for name in missing)
        return by_the_pack(template, facts, not_used=f"It would not have said: {named}.")
    digest = sha256(f"{template.sha256}\n{kept.text}".encode()).hexdigest()
    return Written(text, kept.template_name, digest, template.names | own.facts)


def text_of(own: OwnText, template: Template, facts: Mapping[str, Any]) -> str:
    packs = pack_text(template)
    return write(own, facts, lambda name: packs.passage(name, facts))
