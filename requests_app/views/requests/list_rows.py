"""Requests with what a list shows beside them, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects

from requests_app.models import Deadline, Headline, RecordsRequest, User
from requests_app.models.requests.records_request import RecordsRequestQuerySet
from requests_app.policy.clock_pill import Pill, headline_pill
from requests_app.policy.next_step import Seen
from requests_app.views.requests.step_links import LinkedStep, step_for
from requests_app.vocabulary.headlines import NextStep


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: a request, its clock and its next step for whoever looks."""

    request: RecordsRequest
    step: LinkedStep
    pill: Pill | None
    is_unread: bool = False  # a message of the city's waits for somebody to say what it is


def with_headlines(requests: RecordsRequestQuerySet, *, at: datetime) -> RecordsRequestQuerySet:
    """One more query for any number of requests: the headline of each, for its city's day."""
    standing = Headline.objects.standing(at=at).with_clocks()
    return _with_people(requests).prefetch_related(
        Prefetch("headlines", queryset=standing, to_attr="standing")
    )


def seen_with(headlines: Sequence[Headline], *, at: datetime) -> list[Seen]:
    """Headlines with their requests and clocks: three queries for any number of them.

    One query for all of it would join eight tables, and take longer to be planned than to be run.
    """
    requests = _with_people(RecordsRequest.objects.all())
    clocks = Deadline.objects.only(*OF_A_CLOCK)
    prefetch_related_objects(
        headlines,
        Prefetch("records_request", queryset=requests),
        Prefetch("clock", queryset=clocks),
        Prefetch("window", queryset=clocks),
    )
    return [
        Seen(one.records_request, one.records_request.city.local_date(at), one) for one in headlines
    ]


# What a row shows of a request. It has forty columns, and its people and newsroom as many again:
# to read all of them takes longer than to draw the row.
OF_A_ROW = (
    "public_id", "reference", "subject", "kind", "state", "city_slug", "office_role", "created_at",
    "newsroom__reviews_before_filing", "created_by__name", "created_by__email",
    "assigned_to__name", "assigned_to__email",
)  # fmt: skip
OF_A_CLOCK = (
    "clock", "route", "whose", "status", "starts_on", "due_on", "latest_on", "met_on",
    "is_reminder", "citation",
)  # fmt: skip


def _with_people(requests: RecordsRequestQuerySet) -> RecordsRequestQuerySet:
    return requests.select_related("newsroom", "created_by", "assigned_to").only(*OF_A_ROW)


def seen_of(request: RecordsRequest, *, at: datetime) -> Seen:
    """By the day it is in its own city. `request` comes from `with_headlines`."""
    [headline] = getattr(request, "standing") or [None]  # noqa: B009  put there by the prefetch
    return Seen(request, request.city.local_date(at), headline)


def row_of(seen: Seen, user: User) -> Row:
    pill = headline_pill(seen.headline, today=seen.today) if seen.headline else None
    is_unread = seen.headline is not None and seen.headline.step == NextStep.READ_MESSAGE
    return Row(seen.request, _step(seen, user), pill, is_unread)


def _step(seen: Seen, user: User) -> LinkedStep:
    """In a list, a draft offers nothing to anybody but its owner: nobody files it in passing."""
    step = step_for(seen, user)
    is_draft = seen.headline is not None and seen.headline.step == NextStep.FINISH_DRAFT
    return replace(step, title="Being written", label="") if is_draft and not step.is_ours else step


def rows_of(requests: Iterable[RecordsRequest], user: User, *, at: datetime) -> list[Row]:
    """Each with its clock and step. `requests` come from `with_headlines`."""
    return [row_of(seen_of(request, at=at), user) for request in requests]
