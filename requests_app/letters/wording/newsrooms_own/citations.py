"""What a text cites, and what the verified part of a city's pack cites.

Sections are compared by their numbers with all their subdivisions, decisions by the names of the
parties: "§ 1-206(b)" is not "§ 1-206(b)(1)".
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from cities.schema.city import Fee, Watch
from cities.schema.facts import Gap, NotSpecified
from cities.schema.filings.exemptions import ContraryAuthority
from cities.schema.load import load_city
from cities.schema.worked_cases import Example
from requests_app.letters.markdown import clean

_PARTS = r"(?:\s?\([0-9A-Za-z]{1,4}\))"
_NUMBER = rf"\d{{1,6}}[A-Za-z]?(?:[.\-]\d{{1,5}}[A-Za-z]?){{0,4}}{_PARTS}{{0,6}}"
_FURTHER = rf"\d{{1,6}}[A-Za-z]?(?:[.\-]\d{{1,5}}[A-Za-z]?){{1,4}}{_PARTS}{{0,6}}"
_LABELED = re.compile(
    r"(?:§{1,2}|\b(?:[Ss]ections?|[Ss]ecs?\.|[Ss]ubdivisions?|[Ss]ubsections?|[Cc]hapters?|[Cc]h\."
    r"|[Aa]rticles?|[Tt]itle|[Rr]ules?|[Oo]rdinances?|[Oo]rd\.|Public Acts?|P\.A\.|No\.|ORS|OAR"
    r"|RSMo|CCP|CGS|Stat\.|(?:City|Municipal|Government|Gov\.|Penal|Evidence|Evid\.) Code))"
    rf"[\s,§.]{{0,3}}({_NUMBER}(?:\s?(?:,|;|&|and|or|to|through|[–—])\s?(?:and\s|or\s)?§{{0,2}}\s?"
    rf"{_FURTHER}){{0,12}})"
)
_IN_LIST = re.compile(_NUMBER)
# Without a label it is a citation only with its subdivisions: 1-210(b)(3).
_BARE = re.compile(rf"(?<![\w.,$/\-])\d{{1,5}}[.\-]\d{{1,5}}[a-z]?{_PARTS}{{1,6}}")
_DECISION = re.compile(r"(\w[\w.’']{0,40}),? vs?\. (\w[\w’']{0,40})")
_REPORTER = re.compile(
    r"\b\d{1,4} (?:Conn|Cal|Or|Mo|U\.S|S\. ?Ct|S\.W|P\.|A\.|F\.)[\w. ]{0,14} \d{1,5}\b"
)
_NOT_FOR_PAPER = (Watch, Gap, NotSpecified, ContraryAuthority, Example, Fee)
_NOTES = {"note", "caution", "ask", "slug"}


def cited(text: str) -> frozenset[str]:
    """Everything that a text cites, in one way of writing it."""
    words = " ".join(clean(text).replace("\u2011", "-").split())
    found = [
        number[0] for place in _LABELED.finditer(words) for number in _IN_LIST.finditer(place[1])
    ]
    found += [place[0] for place in _BARE.finditer(words)]
    decisions = [f"{place[1]} v. {place[2]}" for place in _DECISION.finditer(words)]
    reporters = [place[0] for place in _REPORTER.finditer(words)]
    return frozenset([number.replace(" ", "") for number in found] + decisions + reporters)


@cache
def cited_by_the_law_of(city_slug: str) -> frozenset[str]:
    """What may be cited in a letter to that city: what somebody verified in its pack."""
    return frozenset().union(*(cited(text) for text in _verified(load_city(city_slug))))


def _verified(value: Any) -> Iterator[str]:
    """The texts of a pack, without those that nobody read in the source."""
    if isinstance(value, str):
        yield str(value)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _verified(one)
    elif isinstance(value, dict):
        yield from _verified(list(value.values()))
    elif isinstance(value, BaseModel) and not isinstance(value, _NOT_FOR_PAPER):
        yield from _of_entry(value)


def _of_entry(entry: BaseModel) -> Iterator[str]:
    confidence = getattr(entry, "confidence", None)
    is_read = confidence is None or confidence.may_enter_letter
    if not is_read or not getattr(entry, "letters_cite", True):
        # What stands below it may have been read all the same.
        below = (getattr(entry, name) for name in type(entry).model_fields)
        yield from _verified([one for each in below for one in _entries(each)])
        return
    for name in type(entry).model_fields:
        if name not in _NOTES:
            yield from _verified(getattr(entry, name))


def _entries(value: Any) -> list[BaseModel]:
    several = value if isinstance(value, tuple | list) else [value]
    return [one for one in several if isinstance(one, BaseModel)]
