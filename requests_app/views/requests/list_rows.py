"""Requests with what a list shows beside them, in a fixed number of queries."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch

from requests_app.models import Appeal, Communication, Deadline, Delivery, RecordsRequest
from requests_app.models.letters.delivery import WAITING
from requests_app.models.requests.records_request import RecordsRequestQuerySet
from requests_app.policy.next_step import Seen


def with_what_lists_show(requests: RecordsRequestQuerySet) -> RecordsRequestQuerySet:
    """Four more queries for any number of requests. Of deliveries, those that are
    not settled: they wait for their time, or for a person."""
    on_their_way = Delivery.objects.needs_a_person() | Delivery.objects.waiting()
    return requests.select_related("newsroom", "created_by", "assigned_to").prefetch_related(
        Prefetch("deadlines", queryset=Deadline.objects.exclude(status="void")),
        Prefetch("deliveries", queryset=on_their_way.order_by("pk"), to_attr="unsettled"),
        Prefetch("appeals", queryset=Appeal.objects.order_by("pk")),
        Prefetch(
            "communications",
            queryset=Communication.objects.unread().defer("text").order_by("on", "pk"),
            to_attr="unread",
        ),
    )


def seen(requests: Iterable[RecordsRequest], *, at: datetime) -> list[Seen]:
    """Each by the day it is in its own city. `requests` come from `with_what_lists_show`."""
    return [_seen(request, at) for request in requests]


def _seen(request: RecordsRequest, at: datetime) -> Seen:
    unsettled: list[Delivery] = _linked(request, request.unsettled)  # type: ignore[attr-defined]
    return Seen(
        request=request,
        today=request.city.local_date(at),
        deadlines=list(request.deadlines.all()),
        troubled=[row for row in unsettled if row.state not in WAITING],
        waiting=[row for row in unsettled if row.state in WAITING],
        appeals=_linked(request, request.appeals.all()),
        unread=request.unread,  # type: ignore[attr-defined]
    )


def _linked(request: RecordsRequest, rows: Iterable) -> list:
    """Rows that know their request already, so that asking for it costs no query."""
    linked = list(rows)
    for row in linked:
        row.records_request = request
    return linked
