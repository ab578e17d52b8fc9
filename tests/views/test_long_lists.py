"""Long lists: as many queries for fifty rows as for five, and every row on one page."""

import itertools
import re
from collections.abc import Callable
from copy import copy
from functools import partial
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.actions.requests import appeals
from requests_app.models import (
    AppealOutcome,
    Attachment,
    DeliveryState,
    FileLink,
    LogEntry,
    RecordsRequest,
    RequestState,
    Role,
    User,
)
from requests_app.models.guards.state_guard import state_may_change
from tests.actions.test_printing import waiting
from tests.factories import NOW, TODAY, acting, appealed, in_state, member, submitted
from tests.views.conftest import signed_in

# Rows made by copying stand in no ledger.
pytestmark = [pytest.mark.django_db, pytest.mark.tampered]
MOST = 15
NUMBERS = itertools.count(1)


def queries_of(client: Client, address: str, counted: Any) -> int:
    """How many a page asks, once what a process reads but once was read."""
    client.get(address)
    with counted() as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.fixture
def counted() -> Any:
    return lambda: CaptureQueriesContext(connection)


def editor_of(request: RecordsRequest) -> User:
    return member(Role.EDITOR, request.newsroom)


def again(row: Model, changes: list[dict[str, Any]]) -> list[Any]:
    """So many more rows like it."""
    made = []
    for changed in changes:
        new = copy(row)
        new._state = copy(row._state)
        new.pk, new._state.adding = None, True
        for name, value in changed.items():
            setattr(new, name, value)
        made.append(new)
    with state_may_change():
        return type(row)._default_manager.bulk_create(made)


def more_requests(request: RecordsRequest, count: int) -> list[RecordsRequest]:
    """That one, and others like it: so many in all."""
    numbers = [next(NUMBERS) for _ in range(1, count)]
    return [
        request,
        *again(request, [{"public_id": f"more{n}", "reference": f"MORE-{n}"} for n in numbers]),
    ]


def appeals_of(count: int, *, are_decided: bool = False) -> User:
    """So many, each of a request of its own."""
    request = in_state(RequestState.DENIED)
    appeal = appealed(request)
    if are_decided:
        decision = appeals.Decision(TODAY, AppealOutcome.AFFIRMED)
        appeals.decide(appeal, decision, **acting(request))
        appeal = request.appeals.get()
    rows = more_requests(request, count)
    more = again(appeal, [{"records_request": row} for row in rows[1:]])
    again(
        LogEntry.objects.get(appeal=appeal),
        [{"appeal": one, "records_request": one.records_request} for one in more],
    )
    return editor_of(request)


def own_names(row: RecordsRequest) -> dict[str, str]:
    """By which a letter is known when it comes back."""
    return {"message_id": f"<{row.public_id}@x>", "return_token": row.public_id}


def deliveries_in(state: str, count: int) -> User:
    """So many letters, each of a request of its own and with a file by link."""
    request = submitted()
    file = Attachment.objects.create(
        records_request=request, name="map.pdf", size=1, sha256="0" * 64, content_type="x/y"
    )
    made = again(
        request.deliveries.get(),
        [
            {"records_request": row, "state": state, **own_names(row)}
            for row in more_requests(request, count + 1)[1:]
        ],
    )
    FileLink.objects.bulk_create(
        FileLink(delivery=row, attachment=file, token=row.message_id, expires_at=NOW)
        for row in made
    )
    return editor_of(request)


def letters_to_post(count: int) -> User:
    delivery = waiting()
    rows = more_requests(delivery.records_request, count)
    again(
        delivery,
        [{"records_request": row, **own_names(row)} for row in rows[1:]],
    )
    return editor_of(rows[0])


LISTS: dict[str, tuple[Callable[[int], User], str, str]] = {
    "open appeals": (appeals_of, "appeal_list", ""),
    "appeals that ended": (partial(appeals_of, are_decided=True), "appeal_list", "?sort=decided"),
    **{
        f"deliveries: {state}": (
            partial(deliveries_in, state), "delivery_list", ""
        )
        for state in DeliveryState.values
    },
    "letters that went": (
        partial(deliveries_in, "sent"), "delivery_list", "?settled=1"
    ),
    "letters to post": (letters_to_post, "print_queue", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_list_asks_as_many_queries_for_fifty_rows_as_for_five(name: str, counted: Any) -> None:
    fill, page, query = LISTS[name]
    address = reverse(page) + query

    few = queries_of(signed_in(fill(5)), address, counted)
    many = queries_of(signed_in(fill(50)), address, counted)

    assert few == many
    assert many <= MOST


def keys_on(client: Client, address: str, pattern: str) -> list[list[int]]:
    """What stands on each page, from the first to the last."""
    pages = []
    following = ""
    while True:
        text = unescape(client.get(address + following).content.decode())
        pages.append([int(key) for key in dict.fromkeys(re.findall(pattern, text))])
        found = re.search(r'rel="next" href="([^"]*)"', text)
        if not found:
            return pages
        following = found.group(1)
        address = address.partition("?")[0]


@pytest.mark.parametrize(
    ("name", "pattern", "sizes"),
    [
        ("open appeals", r'class="subject" href="/appeals/(\d+)/"', [25, 25, 10]),
        ("appeals that ended", r'class="subject" href="/appeals/(\d+)/"', [25, 25, 10]),
        ("deliveries: failed", r'action="/deliveries/(\d+)/retry/"', [25, 25, 10]),
        ("letters to post", r'name="which" value="(\d+)"', [50, 10]),
    ],
)
def test_every_row_of_a_long_list_stands_on_one_page(
    name: str, pattern: str, sizes: list[int]
) -> None:
    fill, page, query = LISTS[name]
    client = signed_in(fill(60))

    pages = keys_on(client, reverse(page) + query, pattern)

    assert [len(keys) for keys in pages] == sizes
    keys = [key for page_keys in pages for key in page_keys]
    assert len(set(keys)) == 60
    assert keys in (sorted(keys), sorted(keys, reverse=True))
