"""The stored deadlines are a cache of what the ledger says."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from cities.schema.city import City
from cities.schema.load import all_cities
from requests_app import ledger
from requests_app.actions.requests import city_determinations, city_progress, corrections
from requests_app.models import Deadline, EventKind, RecordsRequest, RequestState
from tests.factories import NOW, TODAY, acting, in_state, said, submitted

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("rederive_deadlines", *arguments, stdout=out)
    return out.getvalue()


def test_deriving_twice_changes_nothing():
    request = submitted()

    assert ledger.rederive(request, at=NOW, because="again") is False


@pytest.mark.parametrize("state", RequestState.values)
def test_stored_deadlines_follow_from_the_ledger_in_every_state(state: str):
    assert ledger.compare(in_state(state)) == []


def test_check_names_what_was_planted_and_repair_mends_it():
    request = submitted()
    due = request.deadlines.get(clock="response").due_on
    assert due is not None
    Deadline.objects.filter(clock="response").update(due_on=due + timedelta(days=90))

    with pytest.raises(SystemExit):
        run("--check")
    said_ = run()

    assert f"{request.reference}: response has due_on 2027-02-04, derived 2026-11-06" in said_
    assert request.deadlines.get(clock="response").due_on == due
    assert "0 of 1 requests differ." in run("--check")


def test_missing_and_invented_deadlines_are_named():
    request = submitted()
    request.deadlines.filter(clock="response").update(clock="invented")

    assert ledger.compare(request)[:2] == [
        "invented does not follow from the ledger",
        "response is not stored",
    ]
    corrections.rewrite_from_ledger(request, at=NOW, because="mended")
    assert ledger.compare(request) == []


def test_dataset_request_has_a_reminder_and_no_legal_clock():
    request = submitted(
        kind="dataset",
        office_role="dataset_steward",
        particulars={"name_or_topic": "Permits", "purpose": "To map them"},
    )

    reminder = request.deadlines.get()
    assert reminder.is_reminder
    assert reminder.citation == ""
    assert reminder.due_on == TODAY + timedelta(days=14)

    city_determinations.grant(request, answer=said(), **acting(request))
    assert request.deadlines.get().status == "met"


def test_moved_date_is_recorded_with_its_reason():
    request = submitted(at=NOW - timedelta(days=7))

    city_progress.receive(request, on=TODAY - timedelta(days=3), **acting(request))

    moved = request.events.filter(kind=EventKind.DEADLINE_MOVED, data__clock="response").get()
    assert moved.by is None
    assert moved.data["because"] == "Received"


def test_late_is_read_off_the_certain_day():
    request = submitted()
    due = request.deadlines.get(clock="response").due_on
    assert due is not None

    def late(on):
        return Deadline.objects.filter(clock="response").late(on=on).exists()

    assert not late(due)
    assert late(due + timedelta(days=1))
    assert RecordsRequest.objects.pending().get() == request


@pytest.mark.parametrize("city", all_cities(), ids=lambda city: city.slug)
def test_every_rule_of_a_pack_can_be_stored(city: City):
    """PostgreSQL refuses a text that is longer than its column; SQLite takes it."""
    request = submitted()

    for number, clock in enumerate(city.statute.clocks, start=1):
        row = Deadline(
            records_request=request, clock=clock.name, route=clock.route, occurrence=number,
            whose=clock.whose, status="met", rule=clock.rule, citation=clock.citation,
        )  # fmt: skip
        row.save()
        row.refresh_from_db()
        assert (row.rule, row.citation) == (clock.rule, clock.citation)
