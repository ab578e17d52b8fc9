"""Requests with what a list shows beside them, in a fixed number of queries."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch

from requests_app.models import Appeal, Deadline, Delivery, RecordsRequest
from requests_app.models.records_request import RecordsRequestQuerySet
from requests_app.views.next_step import Seen


def with_company(requests: RecordsRequestQuerySet) -> RecordsRequestQuerySet:
    """Three more queries for any number of requests. Of deliveries, those in need of a person."""
    troubled = Delivery.objects.needs_a_person().order_by("pk")
    return requests.select_related("newsroom", "created_by", "assigned_to").prefetch_related(
        Prefetch("deadlines", queryset=Deadline.objects.exclude(status="void")),
        Prefetch("deliveries", queryset=troubled, to_attr="troubled_deliveries"),
        Prefetch("appeals", queryset=Appeal.objects.order_by("pk")),
    )


def seen(requests: Iterable[RecordsRequest], *, at: datetime) -> list[Seen]:
    """Each by the day it is in its own city. `requests` come from `with_company`."""
    return [
        Seen(
            request=request,
            today=request.city.local_date(at),
            deadlines=list(request.deadlines.all()),
            troubled=_linked(request, request.troubled_deliveries),  # type: ignore[attr-defined]
            appeals=_linked(request, request.appeals.all()),
        )
        for request in requests
    ]


def _linked(request: RecordsRequest, rows: Iterable) -> list:
    """Rows that know their request already, so that asking for it costs no query."""
    linked = list(rows)
    for row in linked:
        row.records_request = request
    return linked
