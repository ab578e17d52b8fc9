"""The facts of a request that there is, to show what a wording would say of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from cities.schema.city import RequestKind
from requests_app.letters.errors import LetterError
from requests_app.letters.facts.declared_facts import REQUEST_LETTER, declared_for
from requests_app.letters.facts.fact import Facts, complete
from requests_app.letters.wording import known_facts
from requests_app.letters.wording.newsrooms_own.letter_names import kind_of
from requests_app.letters.wording.newsrooms_own.trial_facts import letter_by
from requests_app.models import LetterKind, RecordsRequest


def facts_of(letter: str, request: RecordsRequest, *, on: date) -> dict[str, Any] | None:
    """None where such a letter could not be written about the request that day."""
    try:
        known = _known(letter, request, on=on)
    except LetterError:
        return None
    declared = declared_for(letter) or {}
    if known is None or any(
        fact.is_always and name not in known for name, fact in declared.items()
    ):
        return None
    return complete(known, declared)


def first_that_fits(
    letter: str, requests: Iterable[RecordsRequest], *, on: date
) -> tuple[RecordsRequest, dict[str, Any]] | None:
    for request in requests:
        facts = facts_of(letter, request, on=on)
        if facts is not None:
            return request, facts
    return None


def _known(letter: str, request: RecordsRequest, *, on: date) -> Facts | None:
    kind = kind_of(letter)
    if kind in LetterKind.requests():
        is_its_own = REQUEST_LETTER[RequestKind(request.kind)] == kind
        return known_facts.of_request(request) if is_its_own else None
    if kind in LetterKind.in_a_challenge():
        filed = request.appeals.exclude(filed_on=None).order_by("-pk").first()
        return known_facts.of_filed(filed, kind, on=on) if filed else None
    if kind != LetterKind.APPEAL:
        return known_facts.of_reply(request, kind, on=on)
    for appeal in request.appeals.order_by("-pk"):
        if letter_by(request.city_slug, appeal.pack_route) == letter:
            return known_facts.of_appeal(appeal, on=on)
    return None
