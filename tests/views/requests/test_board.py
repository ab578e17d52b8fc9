"""The board and the list of requests."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import NOW, draft, member, submitted
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


def _html(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_board_puts_each_request_in_one_section() -> None:
    reporter = member()
    late = submitted(reporter, at=NOW - timedelta(days=30), subject="Late one")
    draft(reporter, subject="My draft")
    waiting = submitted(
        reporter,
        kind="dataset",
        office_role="dataset_steward",
        subject="Waiting",
        particulars={"name_or_topic": "permits", "purpose": "to count"},
    )
    page = _html(signed_in(reporter), "/")

    sections = {
        name: page.find(f'id="{name}"') for name in ("late", "to_do", "this_week", "waiting")
    }
    places = {rr.subject: page.find(rr.subject) for rr in (late, waiting)}
    assert sections["late"] < places["Late one"] < sections["to_do"] < page.find("My draft")
    assert sections["this_week"] == -1
    assert places["Waiting"] > sections["waiting"]


def test_search_and_filters_narrow_the_list() -> None:
    reporter = member()
    draft(reporter, subject="Towing invoices")
    draft(
        reporter,
        subject="Fire overtime",
        city_slug="us-or/portland",
        office_role="records_custodian",
    )
    client = signed_in(reporter)

    found = _html(client, "/requests/?q=towing")
    in_portland = _html(client, "/requests/?city=us-or/portland")
    late = _html(client, "/requests/?late=1")

    assert ("Towing" in found, "Fire overtime" in found) == (True, False)
    assert ("Towing invoices" in in_portland, "Fire overtime" in in_portland) == (False, True)
    assert "Nothing fits" in late


def test_every_page_says_that_mail_is_practiced(settings: object) -> None:
    client = signed_in(member())
    settings.PRACTICE_MAIL = True  # type: ignore[attr-defined]
    assert "nothing leaves this machine" in _html(client, "/requests/")
    settings.PRACTICE_MAIL = False  # type: ignore[attr-defined]
    assert "nothing leaves this machine" not in _html(client, "/requests/")
