"""Fill a database once, then measure on it as often as wanted."""

from datetime import datetime
from time import perf_counter

from requests_app.bench.pages import filling, measuring, newsroom, visits
from requests_app.bench.pages.filling import Report
from requests_app.bench.pages.newsroom import Staff
from requests_app.models import Newsroom, RecordsRequest


class NotOurDatabaseError(Exception):
    """The database holds another newsroom, which no benchmark may write beside."""


def run(requests: int, *, at: datetime, report: Report) -> bool:
    """Whether every promise was kept."""
    staff = staff_in(requests, at=at, report=report)
    stored, still_open = RecordsRequest.objects.count(), RecordsRequest.objects.open().count()
    report(f"{stored:,} requests in one newsroom, {still_open:,} of them open")
    report(measuring.HEADINGS)
    is_met = True
    for figure in visits.figures(staff, at=at):
        report(str(figure))
        is_met = is_met and figure.is_met
    return is_met


def staff_in(requests: int, *, at: datetime, report: Report) -> Staff:
    """Those of a newsroom that was filled before, or of a new one."""
    if Newsroom.objects.exclude(name=newsroom.NAME).exists():
        raise NotOurDatabaseError(
            "This database holds a newsroom's requests. Measure on an empty one: a new database, "
            "migrated, in DATABASE_URL. Nothing was written."
        )
    filled = Newsroom.objects.filter(name=newsroom.NAME).first()
    if filled is not None:
        return newsroom.staff_of(filled)
    begun = perf_counter()
    staff = filling.fill(requests, at=at, report=report)
    report(f"filled in {perf_counter() - begun:.0f} s")
    return staff
