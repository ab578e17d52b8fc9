"""What is measured: an editor's and a reporter's pages, and the morning round."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from config.running.memory import keep_what_is_loaded
from requests_app.actions.newsroom import access
from requests_app.bench.pages import filling
from requests_app.bench.pages.measuring import RUNS, Figure, Promise, measure
from requests_app.bench.pages.newsroom import Staff
from requests_app.ledger.attribution import Attribution
from requests_app.models import RecordsRequest, ReminderChoices, User
from requests_app.reminders.planning import morning_round

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
A_PAGE = 15  # queries, whatever is stored
LONG_AGO = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Visit:
    """An address, and what it may take."""

    name: str
    address: str
    seconds: float | None = None

    @property
    def promise(self) -> Promise:
        return Promise(self.seconds, A_PAGE)


def figures(staff: Staff, *, at: datetime, runs: int = RUNS) -> Iterator[Figure]:
    """Each as soon as it is known. As served: see `config.gunicorn`."""
    keep_what_is_loaded()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        ALLOWED_HOSTS=["testserver"],
        SECURE_SSL_REDIRECT=False,
        STATIC_ROOT=settings.ROOT / "static",  # as it lies there: nothing need be collected
        STORAGES={**settings.STORAGES, "staticfiles": plain},
    ):
        for who, user in (("editor", staff.editor), ("reporter", staff.reporters[1])):
            client = Client()
            client.force_login(user, backend=BACKEND)
            for visit in _pages(user):
                yield measure(
                    f"{who}: {visit.name}", _visit(client, visit.address), visit.promise, runs=runs
                )
        yield from _feed(staff, at=at, runs=runs)
    yield from _rounds(at=_evening(at), runs=runs)


def _pages(user: User) -> list[Visit]:
    requests = reverse("request_list")
    theirs = RecordsRequest.objects.visible_to(user)
    usual = theirs.filter(state="denied").order_by("pk").last()
    pages = [
        Visit("board", reverse("board"), 0.040),
        Visit("requests, first page", requests, 0.020),
        Visit("requests, last page", f"{requests}?last=1", 0.020),
        Visit("requests, late", f"{requests}?late=1"),
        Visit("appeals", reverse("appeal_list")),
        Visit("outbox", reverse("delivery_list")),
        Visit("letters to be posted", reverse("print_queue")),
        Visit("API, list of 50", reverse("api_requests")),
    ]
    if usual is not None:
        pages.append(Visit("request", reverse("request_page", args=[usual.public_id])))
    long = filling.long_one()
    if theirs.filter(pk=long.pk).exists():
        address = reverse("request_page", args=[long.public_id])
        pages.append(Visit(f"request, {filling.LONG} notes", address))
    return pages


def _visit(client: Client, address: str) -> Callable[[], int]:
    def visit() -> int:
        answer = client.get(address)
        if answer.status_code != 200:
            raise ValueError(f"{address} answered {answer.status_code} instead of its page")
        return len(answer.content)

    return visit


def _feed(staff: Staff, *, at: datetime, runs: int) -> Iterator[Figure]:
    token = access.open_feed(by=Attribution(staff.editor, at))
    address = reverse("calendar_feed", args=[token])
    yield measure(
        "editor: calendar feed", _visit(Client(), address), Promise(0.300, A_PAGE), runs=runs
    )


def _rounds(*, at: datetime, runs: int) -> Iterator[Figure]:
    """The round of everybody's morning: told everything until today, then told nothing for a year.

    Each is rolled back, so that the next finds the same.
    """
    today = at.date()
    for name, since in (("nothing to tell", today), ("a year to tell", today - LONG_AGO)):
        planned: list[int] = []

        def plan(since: object = since, planned: list[int] = planned) -> None:
            with transaction.atomic():
                ReminderChoices.objects.update(
                    begun_on=since, last_round_on=today - timedelta(days=1)
                )
                planned.append(morning_round.plan(at=at).notices)
                transaction.set_rollback(True)

        promise = Promise(1.0 if since == today else None)
        figure = measure("morning round", plan, promise, runs=runs)
        yield replace(figure, name=f"morning round, {name}: {planned[0]:,} notices")


def _evening(at: datetime) -> datetime:
    """That day when every morning has come, wherever the newsroom is."""
    return datetime.combine(at.date(), time(21), tzinfo=ZoneInfo(settings.TIME_ZONE))
