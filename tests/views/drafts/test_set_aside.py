"""Another city or kind for a new request: what fits goes along, the rest waits in view."""

from typing import Any

import pytest
from django.test import Client

from requests_app.models import RecordsRequest, UnsavedWriting
from tests.factories import member
from tests.views.conftest import signed_in
from tests.views.drafts.pages import NEW, fields_in, opened, sent, words_of

pytestmark = pytest.mark.django_db
TYPED = {"subject": "Towing", "what": "every towing invoice", "fee_limit": "50"}


@pytest.fixture
def rosa() -> Client:
    return signed_in(member())


def began(client: Client, **typed: str) -> dict[str, str]:
    page = opened(client, f"{NEW}?city=us-ct%2Fstamford&kind=records")
    return {**page, **TYPED, **typed}


def changed(client: Client, fields: dict[str, str], **to: str) -> Any:
    return sent(client, NEW, fields, "change", **to)


def test_another_city_keeps_what_was_typed(rosa: Client):
    answer = changed(rosa, began(rosa), city="us-or/portland")

    shown = fields_in(answer)
    assert answer.status_code == 200
    assert {name: shown[name] for name in TYPED} == TYPED
    assert shown["city"] == "us-or/portland"


def test_another_kind_sets_aside_what_it_does_not_ask(rosa: Client):
    answer = changed(rosa, began(rosa), kind="dataset")

    shown, said = fields_in(answer), words_of(answer)
    assert (shown["subject"], shown["aside-what"]) == ("Towing", "every towing invoice")
    assert "Which records? every towing invoice Set aside, because the form for “A dataset”" in said


def test_an_office_that_the_city_has_not_is_set_aside_and_says_so(rosa: Client):
    answer = changed(rosa, began(rosa, office_role="portal_admin"), city="us-ca/concord")

    assert "Concord has no such office" in words_of(answer)
    assert fields_in(answer)["aside-office_role"] == "portal_admin"


def test_what_was_set_aside_comes_back(rosa: Client):
    first = began(rosa, office_role="portal_admin", track="personnel_file")
    away = fields_in(changed(rosa, first, city="us-ca/concord", kind="access"))
    typed_there = {**away, "purpose": "To map it."}

    back = fields_in(changed(rosa, typed_there, city="us-ct/stamford", kind="records"))

    assert {name: back[name] for name in TYPED} == TYPED
    assert (back["office_role"], back["track"]) == ("portal_admin", "personnel_file")
    assert back["aside-purpose"] == "To map it."


def test_nothing_is_refused_by_choosing_another_city(rosa: Client):
    answer = changed(rosa, began(rosa, fee_limit="much", subject=""), city="us-or/portland")

    assert answer.status_code == 200
    assert fields_in(answer)["fee_limit"] == "much"
    assert "errorlist" not in answer.content.decode()


def test_a_page_that_is_refused_keeps_what_was_set_aside(rosa: Client):
    away = fields_in(changed(rosa, began(rosa), kind="dataset"))

    refused = sent(rosa, NEW, away, "begin")

    assert refused.status_code == 422
    assert fields_in(refused)["aside-what"] == "every towing invoice"


def test_what_was_set_aside_is_kept_too(rosa: Client):
    away = fields_in(changed(rosa, began(rosa), kind="dataset"))
    sent(rosa, NEW, away, "keep")

    again = fields_in(rosa.get(NEW))

    assert (again["kind"], again["aside-what"]) == ("dataset", "every towing invoice")


def test_what_was_begun_waits_nowhere_else(rosa: Client):
    fields = began(rosa)
    sent(rosa, NEW, fields, "keep")
    assert fields_in(rosa.get(NEW))["what"] == "every towing invoice"

    sent(rosa, NEW, fields, "begin")

    assert RecordsRequest.objects.get().subject == "Towing"
    assert fields_in(rosa.get(NEW))["what"] == ""


def test_who_starts_afresh_loses_nothing(rosa: Client):
    sent(rosa, NEW, began(rosa), "keep")

    afresh = rosa.get(f"{NEW}?saved=1")
    [row] = UnsavedWriting.objects.exclude(written_at=None)

    assert fields_in(afresh)["what"] == ""
    assert fields_in(rosa.get(f"{NEW}?words={row.pk}"))["what"] == "every towing invoice"
    rosa.post(f"/words/{row.pk}/let-go/")
    assert fields_in(rosa.get(NEW))["what"] == ""


def test_nobody_else_sees_what_somebody_begins(rosa: Client):
    reporter = member()
    sent(rosa, NEW, began(rosa), "keep")
    [row] = UnsavedWriting.objects.exclude(written_at=None)
    colleague = signed_in(member(newsroom=row.writer.membership.newsroom))

    for other in (signed_in(reporter), colleague):
        assert fields_in(other.get(f"{NEW}?words={row.pk}"))["what"] == ""
        assert other.post(f"/words/{row.pk}/let-go/").status_code == 404
