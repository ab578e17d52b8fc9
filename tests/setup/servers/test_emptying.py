"""The tests' own flush: it empties what is append-only, and leaves it append-only."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from requests_app.models import Event
from tests.factories import submitted


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_ledger_and_leaves_it_protected() -> None:
    submitted()

    call_command("flush", interactive=False, verbosity=0)

    assert Event.objects.count() == 0
    submitted()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM requests_app_event")
