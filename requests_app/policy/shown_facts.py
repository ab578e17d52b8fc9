"""What is shown of a request: one line a fact, and each field of the model in one of two lists.

Its page, the API, and the cover and the ZIP of its case file read these lists and have none of
their own. A field that is added to the model is added here, as a fact or with the reason why it is
not shown; tests/policy/test_shown_facts.py compares the lists with the model and with all four
places.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from cities.schema.load import load_city
from requests_app.models import RecordsRequest, RequestState
from requests_app.vocabulary.dates_and_amounts import dollars
from requests_app.vocabulary.kinds_of_request import name_of_kind

Value = str | bool | date | Decimal | None
DayInWords = Callable[[date], str]


@dataclass(frozen=True)
class Fact:
    """One thing that is shown of every request.

    `key` is its name for programs, `label` for people. `source` is the dotted name of its value and
    `shows` are the model's fields behind it, where the key does not say both. What stands in the
    heading of the request's page is not in its list of facts once more. What is private is the
    newsroom's own affair: it stays out of papers that leave it.
    """

    key: str
    label: str
    source: str = ""
    shows: tuple[str, ...] = ()
    words: Callable[[Any], str] | None = None  # of the value, for a person
    if_unknown: str = ""  # what the page says instead of leaving the fact out
    is_day: bool = False
    is_in_heading: bool = False
    is_private: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        return self.shows or (self.path[0],)

    @cached_property
    def path(self) -> list[str]:
        return (self.source or self.key).split(".")

    def value(self, request: RecordsRequest) -> Value:
        """As a program takes it. What is not known is None, or no text."""
        found: Any = request
        for name in self.path:
            found = found.get(name) if isinstance(found, dict) else getattr(found, name)
        value: Value = found
        return value

    def in_words(self, request: RecordsRequest, *, day: DayInWords) -> str:
        """As a person reads it, days by `day`; empty where nothing is known."""
        value = self.value(request)
        if value is None or value == "":
            return ""
        if isinstance(value, date):
            return day(value)
        return self.words(value) if self.words else str(value)


def _city(slug: str) -> str:
    city = load_city(slug)
    return f"{city.name}, {city.state}"


def _day(key: str, label: str) -> Fact:
    return Fact(key, label, is_day=True)


FACTS = (
    Fact("reference", "Our reference", is_in_heading=True),
    Fact("city", "City", "city_slug", words=_city, is_in_heading=True),
    Fact("office", "Asked of", "office.name", ("office_role",), is_in_heading=True),
    Fact("subject", "Subject", is_in_heading=True),
    Fact(
        "state", "Stands at", words=lambda state: RequestState(state).label.lower(),
        is_in_heading=True,
    ),
    Fact(
        "owner", "Whose it is", "owner.name", ("created_by", "assigned_to"),
        is_in_heading=True, is_private=True,
    ),
    Fact("kind", "Asks for", words=name_of_kind),
    Fact("track", "Of a special kind", words=lambda track: str(track).replace("_", " ")),
    Fact("city_reference", "Their reference", if_unknown="none given yet"),
    Fact("fee_limit", "Fee limit", "particulars.fee_limit", words=dollars),
    Fact("fee_amount", "Fees", words=dollars, if_unknown="none quoted"),
    _day("submitted_on", "Submitted"),
    _day("acknowledged_on", "Acknowledged"),
    _day("clarification_requested_on", "Clarification asked for"),
    _day("clarified_on", "Clarified"),
    _day("fees_estimated_on", "Fees estimated"),
    _day("fees_answered_on", "Fees answered"),
    _day("fees_settled_on", "Fees settled"),
    _day("denied_on", "Denied"),
    Fact(
        "is_denied_by_silence", "Denied by silence",
        words=lambda is_so: "yes" if is_so else "",
    ),
    _day("ended_on", "Ended"),
)  # fmt: skip

NOT_SHOWN = {
    "id": "of the database alone",
    "public_id": "the request's address, on pages and in the API",
    "newsroom": "whoever sees a request is of its newsroom",
    "letter_text": "the letter has a page and a PDF of its own",
    "letter_names_datasets": "the letter's own words say it",
    "letter_template": "where the letter's wording began; the ledger says it",
    "continues": "its page links the request that it goes on from",
    "project": "the newsroom's own ordering: the project's page, and a form beside the facts",
    "shared_with": "who may work on it: the heading and the people of its page",
    "created_at": "the ledger begins with it",
    "changed_at": "a row is also saved where nothing happened; the ledger says what did",
}


def days() -> Iterator[Fact]:
    """The days on which something happened, in the order in which they stand in the list."""
    return (fact for fact in FACTS if fact.is_day)


def to_show(request: RecordsRequest, *, day: DayInWords) -> list[tuple[Fact, str]]:
    """The facts below the heading of a request's page, each in words."""
    below = [(fact, fact.in_words(request, day=day)) for fact in FACTS if not fact.is_in_heading]
    return [(fact, words) for fact, words in below if words or fact.if_unknown]


def for_programs(request: RecordsRequest, *, with_private: bool) -> dict[str, Value]:
    """Every fact by its key."""
    return {fact.key: fact.value(request) for fact in FACTS if with_private or not fact.is_private}
