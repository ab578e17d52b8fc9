"""What nobody verified in a pack is cited by no letter: no route, no court, no clock."""

from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from cities.schema.city import City
from cities.schema.facts import Confidence
from cities.schema.load import load_city
from requests_app.letters import Sending
from requests_app.letters.facts import appeal_facts, due_facts, suit_facts
from requests_app.letters.paper.sheet import Sheet, sheet_for
from requests_app.letters.planned_letter import PlannedLetter
from requests_app.models import Appeal, Channel, LetterKind, RecordsRequest
from tests import factories

pytestmark = pytest.mark.django_db

CITY = "us-ct/stamford"
LATE = date(2026, 12, 20)
CITATIONS = {
    "route_citation",
    "silence_citation",
    "response_due_on",
    "response_citation",
    "remedy_body",
    "remedy_citation",
    "court_citation",
    "first_citation",
}


def unverified(value: Any) -> Any:
    """The same with nothing in it verified."""
    if isinstance(value, tuple):
        return tuple(unverified(one) for one in value)
    if not isinstance(value, BaseModel):
        return value
    changed = {name: unverified(getattr(value, name)) for name in type(value).model_fields}
    if "confidence" in changed:
        changed["confidence"] = Confidence.UNVERIFIED
    return value.model_copy(update=changed)


def silent() -> Appeal:
    """An appeal of the city's silence, not filed yet."""
    request = factories.submitted()
    return Appeal(
        records_request=request, route="foic", answers="silence", subject="On appeal",
        created_by=request.created_by,
    )  # fmt: skip


def cited(appeal: Appeal) -> set[str]:
    """Which citations the facts of all letters about it hold."""
    request = appeal.records_request
    known = appeal_facts.of(appeal, on=LATE) | suit_facts.suit(request, on=LATE)
    return CITATIONS & (known | due_facts.late(request, on=LATE)).keys()


def paper(appeal: Appeal) -> Sheet:
    request = appeal.records_request
    letter = PlannedLetter(
        request,
        LetterKind.APPEAL,
        Sending(Channel.EMAIL, "foi@ct.example"),
        LATE,
        request.created_by,
        appeal,
    )
    return sheet_for(letter, "Dear Commission:")


def test_what_is_verified_is_cited() -> None:
    appeal = silent()
    assert cited(appeal) == CITATIONS
    assert paper(appeal).law_line == "Conn. Gen. Stat. § 1-206(b)(1)"
    assert len(paper(appeal).addressee) == 3


def test_what_is_not_verified_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    appeal = silent()
    city: City = unverified(load_city(CITY))
    monkeypatch.setattr(RecordsRequest, "city", city)
    assert cited(appeal) == set()
    assert paper(appeal).law_line == ""
    assert paper(appeal).addressee == ("Freedom of Information Commission",)


def test_routes_that_are_not_verified_are_no_remedy_and_no_court(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    appeal, city = silent(), load_city(CITY)
    statute = city.statute.model_copy(update={"routes": unverified(city.statute.routes)})
    changed = city.model_copy(update={"statute": statute, "routes": unverified(city.routes)})
    monkeypatch.setattr(RecordsRequest, "city", changed)
    assert cited(appeal) == {"silence_citation", "response_due_on", "response_citation"}
