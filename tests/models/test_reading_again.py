"""A row read again under a lock: its state stays protected, in every thread."""

from typing import Any

import pytest

from requests_app.actions.transitions import lock
from requests_app.models import RecordsRequest, RequestState
from tests.factories import draft, in_state

pytestmark = pytest.mark.django_db


def test_protection_stays_on_while_a_row_is_read():
    """django-fsm-2 switches it off on the field, which all threads share."""
    request = draft()
    field: Any = RecordsRequest._meta.get_field("state")
    seen: list[bool] = []

    class Watched(type(RecordsRequest.objects.all())):  # type: ignore[misc]
        def get(self, *args: Any, **kwargs: Any) -> Any:
            seen.append(field.protected)
            return super().get(*args, **kwargs)

    request.refresh_from_db(from_queryset=Watched(RecordsRequest))

    assert seen == [True]


def test_locking_takes_over_what_another_wrote():
    request = in_state(RequestState.SUBMITTED)
    RecordsRequest.objects.filter(pk=request.pk).update(subject="Changed elsewhere")

    lock(request)

    assert request.subject == "Changed elsewhere"


def test_state_cannot_be_assigned_after_a_refresh():
    request = lock(draft())

    with pytest.raises(AttributeError, match="Direct state modification"):
        request.state = RequestState.CLOSED
