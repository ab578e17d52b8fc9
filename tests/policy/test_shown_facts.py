"""What is declared of a request stands on its page, in the API and in its case file."""

import json
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from django.utils.html import escape

from requests_app.casefile import make_case_file
from requests_app.casefile.content.cover import lines
from requests_app.models import CaseFile, RecordsRequest, RequestState
from requests_app.models.guards.state_guard import state_may_change
from requests_app.policy.shown_facts import FACTS, NOT_SHOWN, days
from requests_app.vocabulary.dates_and_amounts import near_weekday, weekday
from tests.api.callers import with_token
from tests.factories import NOW, TODAY, submitted
from tests.views.conftest import _monday, _plain_http, flat, signed_in  # noqa: F401  as for the pages

# What no history leaves together stands together here, so that each fact is shown once.
pytestmark = [pytest.mark.django_db, pytest.mark.tampered]
FIELDS = {
    field.name: field
    for field in RecordsRequest._meta.get_fields()
    if (field.concrete and not field.auto_created) or field.name == "id"
}


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def something_for(field: Any, number: int) -> Any:
    """A value that no other field has."""
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return TODAY - timedelta(days=number)
    if isinstance(field, models.DecimalField):
        return Decimal(f"{number}.25")
    if isinstance(field, models.BooleanField):
        return True
    return f"{field.name} {number}"


@pytest.fixture
def full() -> RecordsRequest:
    """A request of which everything is known: whatever was empty has a value of its own."""
    request = submitted(particulars={"what": "every report", "fee_limit": "75.50"})
    empty = {
        name: something_for(field, number)
        for number, (name, field) in enumerate(FIELDS.items(), start=1)
        if not field.is_relation and getattr(request, name) in (None, "", False)
    }
    with state_may_change():
        RecordsRequest.objects.filter(pk=request.pk).update(**empty, state=RequestState.CLOSED)
    request.refresh_from_db()
    return request


def test_every_field_of_a_request_is_shown_or_has_a_reason_not_to_be() -> None:
    shown = [name for fact in FACTS for name in fact.fields]

    assert sorted({*shown, *NOT_SHOWN}) == sorted(FIELDS)
    assert set(shown) & NOT_SHOWN.keys() == set()


def test_every_fact_has_a_name_of_its_own() -> None:
    assert len({fact.key for fact in FACTS}) == len({fact.label for fact in FACTS}) == len(FACTS)


def test_the_request_on_which_the_others_rest_knows_everything(full: RecordsRequest) -> None:
    assert [fact.key for fact in FACTS if fact.value(full) in (None, "", False)] == []


def test_page_shows_every_fact(full: RecordsRequest) -> None:
    page = flat(signed_in(full.created_by).get(f"/requests/{full.public_id}/"))

    in_words = {
        fact.key: escape(fact.in_words(full, day=partial(near_weekday, today=TODAY)))
        for fact in FACTS
    }
    assert {key for key, words in in_words.items() if words not in page} == set()
    listed = page.partition("<h2>Facts</h2>")[2]
    below = [fact for fact in FACTS if not fact.is_in_heading]
    assert [fact.key for fact in below if f"<dt>{fact.label}</dt>" not in listed] == []


def test_page_says_what_is_not_known() -> None:
    request = submitted()

    page = signed_in(request.created_by).get(f"/requests/{request.public_id}/").content.decode()

    assert "none given yet" in page
    assert "none quoted" in page
    assert "<dt>Acknowledged</dt>" not in page


def test_api_gives_every_fact(full: RecordsRequest) -> None:
    client = with_token(full.created_by)

    given = client.get(f"/api/requests/{full.public_id}/").json()

    assert {key: given[key] for key in given if key in {fact.key for fact in FACTS}} == {
        fact.key: _as_json(fact.value(full)) for fact in FACTS
    }


@pytest.mark.parametrize("has_notes", [False, True])
def test_zip_of_the_case_file_holds_every_fact(full: RecordsRequest, has_notes: bool) -> None:
    row = CaseFile.objects.create(
        records_request=full, kind="archive", asked_by=full.created_by, has_notes=has_notes
    )
    make_case_file.make(row.pk, now=lambda: NOW)
    row.refresh_from_db()

    packed = zipfile.ZipFile(BytesIO(Path(row.file.path).read_bytes()))

    assert json.loads(packed.read("request.json")) == {
        fact.key: _as_json(fact.value(full)) for fact in FACTS if has_notes or not fact.is_private
    }


def test_cover_of_the_case_file_shows_every_day(full: RecordsRequest) -> None:
    shown = lines(full, None, today=TODAY, has_notes=False)["dates"]

    entered = [fact.value(full) for fact in days()]
    assert [words for _, words in shown] == [
        weekday(day) for day in entered if isinstance(day, date)
    ]


def _as_json(value: Any) -> Any:
    return str(value) if isinstance(value, date | Decimal) else value
