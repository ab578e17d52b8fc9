"""The API's list of requests, by a token: its first page, and the one behind 1,999 others."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.test import Client, override_settings
from django.urls import reverse

from config.running.memory import keep_what_is_loaded
from requests_app.actions.newsroom import access
from requests_app.actions.newsroom.access import TokenWanted
from requests_app.bench.pages import measuring, run
from requests_app.bench.pages.filling import Report
from requests_app.bench.pages.measuring import RUNS, Figure, Promise, measure
from requests_app.bench.pages.newsroom import Staff
from requests_app.ledger.attribution import Attribution
from requests_app.models import RecordsRequest, User
from requests_app.ordered_places import MADE_AT, Order

ROWS, FAR = 50, 2_000
PROMISE = Promise(seconds=0.025, queries=8)
NEWEST_FIRST = Order(MADE_AT)
UNLIMITED = 1_000_000


def run_api(requests: int, *, at: datetime, report: Report) -> bool:
    """Whether the promise was kept, on the database that `bench pages` fills."""
    staff = run.staff_in(requests, at=at, report=report)
    report(f"{RecordsRequest.objects.count():,} requests in one newsroom")
    report(measuring.HEADINGS)
    is_met = True
    for figure in figures(staff, at=at):
        report(str(figure))
        is_met = is_met and figure.is_met
    return is_met


def figures(staff: Staff, *, at: datetime, runs: int = RUNS) -> Iterator[Figure]:
    """Each as soon as it is known. As served: see `config.gunicorn`."""
    keep_what_is_loaded()
    with override_settings(
        ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False, API_PER_MINUTE=UNLIMITED
    ):
        for who, user in (("editor", staff.editor), ("reporter", staff.reporters[1])):
            key = access.issue_token(TokenWanted("a benchmark", days=1), by=Attribution(user, at))
            client = Client(headers={"Authorization": f"Bearer {key}"})
            for name, address in _addresses(user):
                yield measure(f"{who}: {name}", _reading(client, address), PROMISE, runs=runs)


def _addresses(user: User) -> Iterator[tuple[str, str]]:
    address = f"{reverse('api_requests')}?limit={ROWS}"
    yield "API, first page of 50", address
    seen: QuerySet[RecordsRequest] = RecordsRequest.objects.visible_to(user).without_discarded()
    page = min(FAR, seen.count() // ROWS)  # a newsroom's discarded drafts are in no list
    behind = (page - 1) * ROWS
    in_order = seen.order_by(*NEWEST_FIRST.names(backward=False)).only("pk", "created_at")
    if behind > 0:
        [last] = in_order[behind - 1 : behind]
        place = NEWEST_FIRST.place_of(last)
        yield f"API, page {page:,} of 50", f"{address}&after={place}"


def _reading(client: Client, address: str) -> Callable[[], int]:
    def read() -> int:
        answer = client.get(address)
        if answer.status_code != 200:
            raise ValueError(f"{address} answered {answer.status_code} instead of its list")
        return len(answer.content)

    return read
