"""Requests with what a list shows beside them, in a fixed number of queries.

A list draws eighty rows: what is read for each is what it shows, and what many of them share, their
people and their newsroom, is read once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from requests_app.models import Deadline, Headline, RecordsRequest, RequestState, User
from requests_app.models.requests.records_request import RecordsRequestQuerySet
from requests_app.policy.clock_pill import Pill, headline_pill
from requests_app.policy.next_step import Seen, next_step
from requests_app.views.requests.step_links import url_of
from requests_app.vocabulary.headlines import NextStep

# A request has forty columns, and a deadline its whole explanation: to read all of them takes
# longer than to draw the row.
OF_A_REQUEST = (
    "public_id", "reference", "subject", "kind", "state", "city_slug", "office_role", "created_at",
    "newsroom", "created_by", "assigned_to",
)  # fmt: skip
OF_A_CLOCK = (
    "clock", "route", "whose", "status", "starts_on", "due_on", "latest_on", "met_on",
    "is_reminder", "citation", "name", "hour", "rule",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: a request, its clock and its next step for whoever looks, as shown.

    `page`: the address of the request. `step`: what the next step is called, `label` its button,
    and `link` where that leads; empty where there is nothing to do but wait.
    """

    page: str
    subject: str
    reference: str
    kind: str
    city: str
    state: str
    owner: str
    step: str
    label: str
    link: str
    request: RecordsRequest  # with what `with_what_rows_show` was told to read
    pill: Pill | None = None
    is_unread: bool = False  # a message of the city's waits for somebody to say what it is


def with_what_rows_show(requests: RecordsRequestQuerySet, *more: str) -> RecordsRequestQuerySet:
    """With these fields too, such as project__name, whose columns somebody chose."""
    related = [field.partition("__")[0] for field in more if "__" in field]
    rows = requests.select_related(*related) if related else requests
    return rows.only(*OF_A_REQUEST, *related, *more)


def rows_of(requests: Sequence[RecordsRequest], user: User, *, at: datetime) -> list[Row]:
    """Three queries for any number of requests, which come from `with_what_rows_show`."""
    standing = Headline.objects.standing(at=at).filter(records_request__in=requests)
    headlines = {one.records_request_id: one for one in standing}
    return _rows([(one, headlines.get(one.pk)) for one in requests], user, at=at)


def rows_of_headlines(headlines: Sequence[Headline], user: User, *, at: datetime) -> list[Row]:
    """Three queries for any number of open requests."""
    found = with_what_rows_show(RecordsRequest.objects.all())
    requests = found.in_bulk([one.records_request_id for one in headlines])
    return _rows([(requests[one.records_request_id], one) for one in headlines], user, at=at)


def _rows(
    found: Sequence[tuple[RecordsRequest, Headline | None]], user: User, *, at: datetime
) -> list[Row]:
    owners = User.objects.names_alone().in_bulk({one.owner_id for one, _ in found})
    _put_clocks_on(headline for _, headline in found if headline)
    rows = []
    for request, headline in found:
        request.newsroom = user.membership.newsroom  # who looks sees those of no other
        seen = Seen(request, request.city.local_date(at), headline)
        rows.append(_row(seen, owners[request.owner_id], user))
    return rows


def _put_clocks_on(headlines: Iterable[Headline]) -> None:
    rows = list(headlines)
    keys = {key for one in rows for key in (one.clock_id, one.window_id) if key}
    clocks = Deadline.objects.only(*OF_A_CLOCK).in_bulk(keys)
    for one in rows:
        if one.clock_id:
            one.clock = clocks[one.clock_id]
        if one.window_id:
            one.window = clocks[one.window_id]


def _row(seen: Seen, owner: User, user: User) -> Row:
    request, headline, step = seen.request, seen.headline, next_step(seen, user)
    if headline and headline.step == NextStep.FINISH_DRAFT and not step.is_ours:
        # Nobody but its owner files a draft, and nobody in passing.
        step = replace(step, title="Being written", label="")
    page = reverse("request_page", args=[request.public_id])
    return Row(
        page=page,
        subject=request.subject,
        reference=request.reference,
        kind=request.kind,
        city=request.city.name,
        state=RequestState(request.state).label.lower(),
        owner=str(owner),
        step=step.title.lower(),
        label=step.label,
        # Nothing is done from a list: what would change something is asked on the request's page.
        link=(page if step.is_post else url_of(step, request)) if step.label else "",
        request=request,
        pill=headline_pill(headline, today=seen.today) if headline else None,
        is_unread=headline is not None and headline.step == NextStep.READ_MESSAGE,
    )
