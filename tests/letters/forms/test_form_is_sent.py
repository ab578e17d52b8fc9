"""A city's form goes with the letter that begins a request, frozen like it."""

from hashlib import sha256

import pytest

from cities.schema.city import RequestKind
from cities.schema.forms import FORM_FACTS
from requests_app import letters
from requests_app.letters import LetterError, Sending
from requests_app.letters.forms import facts_as_text, office_form
from requests_app.models import Channel, CityForm, FilledForm, Letter, LetterKind, RecordsRequest
from tests import factories
from tests.letters.examples import ASKED_FOR, KINDS, MONDAY, read_back, request
from tests.letters.forms.blank_form import Blank, request_form
from tests.letters.forms.test_fill_fields import MAPPING, values

pytestmark = pytest.mark.django_db


def used(of: RecordsRequest, blank: bytes) -> CityForm:
    """The newsroom keeps that form for the office asked."""
    return CityForm.objects.create(
        newsroom=of.newsroom, city=of.city_slug, office=of.office_role, name="Request form.pdf",
        source="the counter", pdf=blank, sha256="0" * 64, uploaded_by=of.created_by,
    )  # fmt: skip


@pytest.fixture
def mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_form, "mapping_for", lambda city, role: MAPPING)


def issued(of: RecordsRequest, kind: LetterKind = LetterKind.RECORDS_REQUEST) -> Letter:
    letter = letters.PlannedLetter(
        of, kind, Sending(Channel.EMAIL, "clerk@city.example"), MONDAY, of.created_by
    )
    return letters.issue(letter, "Dear City Clerk:\n\nPlease see the form.", at=factories.NOW)


@pytest.mark.usefixtures("mapped")
def test_form_goes_with_the_letter_that_begins_a_request() -> None:
    of = request()
    form = used(of, request_form().bytes())
    letter = issued(of)
    filled = FilledForm.objects.get(letter=letter)
    assert filled.city_form == form
    assert filled.sha256 == sha256(bytes(filled.pdf)).hexdigest()
    told = values(bytes(filled.pdf))
    assert (told["Name"], told["Date"], told["Kind"]) == (
        "Dana Whitfield", "November 9, 2026", "/Copies",
    )  # fmt: skip
    assert told["Records"].startswith("every use-of-force report of the Police Department")
    assert {"field": "Phone", "reason": "Not stated: its telephone number."} in filled.left_empty
    assert {
        "field": "Format",
        "reason": "Not stated: the form in which the records are wanted.",
    } in (filled.left_empty)
    assert "Enclosure: 1 1. Request form.pdf" in read_back(bytes(letter.pdf))


@pytest.mark.usefixtures("mapped")
def test_no_form_goes_with_other_letters_or_after_it_was_put_away() -> None:
    of = request()
    form = used(of, request_form().bytes())
    issued(of, LetterKind.FOLLOW_UP)
    form.retired_at = factories.NOW
    form.save()
    issued(of)
    assert not FilledForm.objects.exists()


def test_form_without_a_mapping_is_not_filled() -> None:
    of = request()
    used(of, request_form().bytes())
    issued(of)
    assert not FilledForm.objects.exists()


@pytest.mark.usefixtures("mapped")
def test_form_that_cannot_be_filled_stops_the_letter_and_saves_nothing() -> None:
    of = request()
    used(of, Blank().bytes())
    with pytest.raises(LetterError, match="no fields to fill"):
        issued(of)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_of_a_form_is_known_and_text(kind: RequestKind) -> None:
    of = request(kind=kind)
    told = facts_as_text.of(of, signer=of.created_by, on=MONDAY)
    assert told.keys() <= FORM_FACTS.keys()
    assert all(value and isinstance(value, str) for value in told.values())
    assert ASKED_FOR[kind] in told["description"]
    assert ("asks_for_records" in told) == (kind == RequestKind.RECORDS)
    assert facts_as_text.EXAMPLES.keys() <= FORM_FACTS.keys()
