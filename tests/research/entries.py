"""Log entries for the tests."""

from datetime import date
from typing import Any

from requests_app.actions.research import log_entries
from requests_app.actions.research.log_entries import LoggedAppeal
from requests_app.ledger.attribution import Attribution
from requests_app.models import LogEntry, User
from requests_app.vocabulary.research.imprecise_days import ImpreciseDay
from tests.factories import NOW

FILED, DECIDED = ImpreciseDay(date(2019, 3, 4)), ImpreciseDay(date(2019, 9, 4))


def a_logged_appeal(**said: Any) -> LoggedAppeal:
    """Decided for the requester in Stamford, unless said otherwise."""
    least: dict[str, Any] = {
        "place": "Stamford, CT",
        "subject": "Overtime of the police in 2018",
        "body": "Freedom of Information Commission",
        "state": "decided",
        "outcome": "reversed",
        "filed": FILED,
        "decided": DECIDED,
    }
    return LoggedAppeal(**least | said)


def logged(by: User, *, follows: LogEntry | None = None, **said: Any) -> LogEntry:
    newsroom = by.membership.newsroom
    entered = a_logged_appeal(**said)
    return log_entries.log(newsroom, entered, by=Attribution(by, NOW), follows=follows)
