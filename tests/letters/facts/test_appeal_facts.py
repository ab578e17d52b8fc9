"""The facts of an appeal's letter: what they cost to read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.actions.requests import appeals
from requests_app.letters.facts import appeal_facts
from requests_app.models import EventKind
from tests import factories

pytestmark = pytest.mark.django_db


def test_what_is_challenged_is_read_once() -> None:
    request = factories.in_state("denied")
    appeal = appeals.draft(request, route="foic", **factories.acting(request))

    with CaptureQueriesContext(connection) as read:
        facts = appeal_facts.of(appeal, on=factories.TODAY)

    assert facts["city_answer"].value == "denied"
    of_denials = [one["sql"] for one in read if f"'{EventKind.DENIED}'" in one["sql"]]
    assert len(of_denials) == 1
