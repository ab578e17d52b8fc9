"""Striking, restoring and comparing, for the tests of corrections."""

from datetime import timedelta
from typing import Any

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.requests import (
    corrections,
)
from requests_app.models import (
    Appeal,
    Event,
    EventKind,
    RecordsRequest,
    RequestState,
)
from tests.factories import (
    NOW,
    acting,
)

K, S = EventKind, RequestState
WHY = "The letter says the opposite."
WEEK_AGO = NOW - timedelta(days=7)
DEADLINE_COLUMNS = ("clock", "route", "occurrence", "status", "due_on", "met_on", "explanation")


def last(request: RecordsRequest, kind: str) -> Event:
    found = request.events.filter(kind=kind).in_order().last()
    assert found is not None
    return found


def rows(request: RecordsRequest) -> dict[str, Any]:
    """All that follows from its ledger, but for when the rows were written."""
    stored = RecordsRequest.objects.values().get(pk=request.pk)
    stored.pop("changed_at")
    of_appeals = [
        {name: value for name, value in row.items() if name != "changed_at"}
        for row in Appeal.objects.filter(records_request=request).order_by("pk").values()
    ]
    clocks = request.deadlines.order_by("clock", "route", "occurrence")
    return {
        "request": stored,
        "appeals": of_appeals,
        "deadlines": list(clocks.values(*DEADLINE_COLUMNS)),
        "deliveries": list(request.deliveries.order_by("pk").values("pk", "state", "sent_at")),
    }


def strike(request: RecordsRequest, kind: str, why: str = WHY) -> Event:
    return corrections.strike(last(request, kind), why=why, **acting(request))


def restore(request: RecordsRequest, kind: str) -> Event:
    return corrections.restore(last(request, kind), why="It was right.", **acting(request))


def refusal(act, *arguments: Any, **facts: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(*arguments, **facts)
    return str(refused.value)
