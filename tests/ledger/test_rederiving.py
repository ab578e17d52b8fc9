"""Stored deadlines beside what follows from the ledger: what is named, counted and mended."""

from datetime import date

import pytest

from requests_app import ledger
from requests_app.ledger.attribution import Attribution, ByTheDesk
from requests_app.ledger.deadline_rows import keyed
from requests_app.ledger.occasion import Occasion
from requests_app.models import Deadline, EventKind, RecordsRequest
from tests.factories import NOW, TODAY, submitted

pytestmark = pytest.mark.django_db


def test_only_what_differs_is_counted_and_all_of_it_is_mended() -> None:
    wrong, invented, right = submitted(), submitted(), submitted()
    wrong.deadlines.filter(clock="response").update(due_on=TODAY)
    Deadline.objects.create(records_request=invented, clock="invented", whose="city", status="met")

    changed = ledger.rederive_many(RecordsRequest.objects.all(), at=NOW, because="again")

    assert changed == 2
    assert [ledger.compare(request) for request in (wrong, invented, right)] == [[], [], []]


def test_an_explanation_that_is_not_the_one_derived_is_named() -> None:
    request = submitted()
    request.deadlines.filter(clock="response").update(explanation={})

    assert ledger.compare(request) == ["response has explanation {}, derived …"]


def test_a_clock_that_runs_again_is_counted() -> None:
    [response] = [each for each in ledger.derive_for(submitted()) if each.clock == "response"]

    assert [key for key, _ in keyed([response, response, response])] == [
        ("response", "", 0),
        ("response", "", 1),
        ("response", "", 2),
    ]


def test_a_request_of_a_special_kind_has_the_days_of_its_kind() -> None:
    plain, personnel_file = submitted(), submitted(track="personnel_file")

    assert plain.deadlines.get(clock="response").due_on == date(2026, 11, 6)
    assert personnel_file.deadlines.get(clock="response").due_on == date(2026, 11, 17)


def test_an_event_names_the_person_who_entered_it_and_nobody_for_the_desk() -> None:
    request = submitted()
    person = Attribution(request.created_by, NOW)

    entered = ledger.record(request, EventKind.NOTED, Occasion(person, TODAY))
    filed = ledger.record(request, EventKind.NOTED, Occasion(ByTheDesk(NOW), TODAY))

    assert (entered.by, filed.by) == (request.created_by, None)
