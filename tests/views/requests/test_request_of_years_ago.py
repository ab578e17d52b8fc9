"""An old request is brought in like any other: its clocks say that no date of then is computed."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from requests_app import ledger
from requests_app.actions.drafts import versions
from requests_app.models import Deadline, RecordsRequest
from tests.factories import draft, member
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
LONG_AGO = date(2015, 3, 2)


def brought_in(client: Client, rr: RecordsRequest, on: date = LONG_AGO) -> Any:
    fields = {
        "channel": "in_person",
        "to": "888 Washington Boulevard",
        "source": "our own files",
        "checked_on": "2026-11-02",
        "handed_over_on": str(on),
        "version": versions.current_number(rr),
    }
    return client.post(reverse("request_submit", args=[rr.public_id]), fields, follow=True)


@pytest.fixture
def old() -> tuple[RecordsRequest, Client]:
    reporter = member()
    return draft(reporter), signed_in(reporter)


def test_old_request_is_filed_and_told_in_a_sentence(old: tuple[RecordsRequest, Client]) -> None:
    rr, client = old

    page = flat(brought_in(client, rr))

    assert (
        "Submitted. It is of a time before 2022, where the desk&#x27;s calendar of Connecticut "
        "begins: its clocks are shown without a date, and what happens from then on is counted."
    ) in page
    assert '<span class="clock hold">not computed before 2022</span>' in page
    rr.refresh_from_db()
    assert rr.submitted_on == LONG_AGO


def test_its_clocks_have_no_dates_in_the_rows_and_the_api(
    old: tuple[RecordsRequest, Client],
) -> None:
    rr, client = old
    brought_in(client, rr)

    answer = client.get(reverse("api_deadlines", args=[rr.public_id])).json()

    [response] = [row for row in answer if row["clock"] == "response"]
    assert (response["status"], response["due_on"], response["nominal_on"]) == (
        "not_computed", None, None,
    )  # fmt: skip
    assert response["explanation"]["not_computed_before"] == 2022


def test_stored_rows_are_what_the_ledger_gives(
    old: tuple[RecordsRequest, Client], capsys: pytest.CaptureFixture[str]
) -> None:
    rr, client = old
    brought_in(client, rr)
    rr.refresh_from_db()

    assert ledger.compare(rr) == []
    call_command("rederive", "--check")
    call_command("rederive")
    assert set(Deadline.objects.values_list("status", flat=True)) == {"not_computed"}


def test_every_page_of_it_opens(old: tuple[RecordsRequest, Client]) -> None:
    rr, client = old
    brought_in(client, rr)

    for name, arguments in (
        ("board", []),
        ("request_list", []),
        ("request_page", [rr.public_id]),
    ):
        assert client.get(reverse(name, args=arguments)).status_code == 200
    [row] = Deadline.objects.filter(clock="response")
    text = client.get(reverse("deadline_text", args=[rr.public_id, row.pk])).content.decode()
    assert text.splitlines()[1] == "Response (the city's): not computed before 2022"


def test_year_that_is_a_slip_is_refused(old: tuple[RecordsRequest, Client]) -> None:
    rr, client = old

    page = flat(brought_in(client, rr, date(1015, 3, 2)))

    assert "is before 1950: check the year" in page
    rr.refresh_from_db()
    assert rr.submitted_on is None
