"""All figures over every city, as their page and their report are counted; and of one city."""

from collections.abc import Callable, Iterator
from datetime import datetime

from requests_app.bench.pages import measuring
from requests_app.bench.pages import run as every_page
from requests_app.bench.pages.filling import Report
from requests_app.bench.pages.measuring import RUNS, Figure, Promise, measure
from requests_app.bench.pages.newsroom import Staff
from requests_app.models import CountedRequest, LogEntry, LoggedRequest, User
from requests_app.research.figures.every_figure import figures_of
from requests_app.research.figures.population import population_of
from requests_app.research.figures.scope import Scope

PROMISE = Promise(seconds=0.5, queries=12)
SCOPES = {"every city": Scope(), "one city": Scope(city="us-ct/stamford")}


def run(requests: int, *, at: datetime, report: Report) -> bool:
    """Whether the promise was kept, on the database that `bench pages` fills."""
    staff = every_page.staff_in(requests, at=at, report=report)
    report(f"figures of {CountedRequest.objects.count():,} requests in one newsroom")
    report(measuring.HEADINGS)
    is_met = True
    for figure in figures(staff, at=at):
        report(str(figure))
        is_met = is_met and figure.is_met
    return is_met


def figures(staff: Staff, *, at: datetime, runs: int = RUNS) -> Iterator[Figure]:
    for who, user in (("editor", staff.editor), ("reporter", staff.reporters[1])):
        for name, scope in SCOPES.items():
            yield measure(f"{who}: figures, {name}", _counting(user, scope, at), PROMISE, runs=runs)


def _counting(user: User, scope: Scope, at: datetime) -> Callable[[], None]:
    def count() -> None:
        seen = CountedRequest.objects.visible_to(user), LogEntry.objects.visible_to(user)
        logged = LoggedRequest.objects.visible_to(user)
        figures_of(population_of(*seen, scope, at=at, viewer=user, logged_requests=logged))

    return count
