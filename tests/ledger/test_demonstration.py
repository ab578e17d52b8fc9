"""Every history of the demonstration: what is stored is what its ledger gives."""

import pytest
from django.core.management import call_command

from requests_app import ledger
from requests_app.models import RecordsRequest

pytestmark = pytest.mark.django_db


def test_every_story_of_the_demonstration_is_what_its_ledger_gives():
    call_command("demo")

    checked = dict(ledger.compare_many(RecordsRequest.objects.all()))

    assert len(checked) > 20
    assert {request.reference: found for request, found in checked.items() if found} == {}
