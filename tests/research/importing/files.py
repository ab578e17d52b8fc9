"""Files to bring, and what becomes of them: brought, tried and imported by the real actions."""

from typing import Any

from requests_app.actions.research import importing
from requests_app.actions.research.importing import AboutTheFile, BroughtFile, Meaning
from requests_app.ledger.attribution import Attribution
from requests_app.models import LogImport, Newsroom, Role, User
from requests_app.research.importing.work import work
from tests.factories import NOW, member

CITY_LOG = (
    b"request id,requester,requester organization,subject,date requested,status\r\n"
    b"REQ-1,Jane Doe,Ledger,Use of force,2024-03-04,Granted in part\r\n"
    b"REQ-2,,,Budgets,3/5/2024,Weird word\r\n"
)


def researcher(newsroom: Newsroom | None = None) -> User:
    return member(Role.RESEARCHER, newsroom)


def brought(content: bytes, *, by: User, name: str = "log.csv", **about: Any) -> LogImport:
    told = AboutTheFile(**{"source": "City log", "place": "Springfield, IL", **about})
    return importing.bring(
        by.membership.newsroom, BroughtFile(name, [content]), told, by=Attribution(by, NOW)
    )


def tried(log_import: LogImport, meaning: Meaning | None = None) -> LogImport:
    importing.try_it(log_import, meaning, by=Attribution(log_import.asked_by, NOW))
    return worked(log_import)


def imported(content: bytes, *, by: User, choices: dict[str, bool] | None = None, **said: Any
             ) -> LogImport:  # fmt: skip
    """Through the dry run into the log."""
    done = tried(brought(content, by=by, **said))
    importing.start(done, by=Attribution(by, NOW), **(choices or {}))
    return worked(done)


def undone(log_import: LogImport) -> LogImport:
    importing.undo(log_import, by=Attribution(log_import.asked_by, NOW))
    return worked(log_import)


def worked(log_import: LogImport) -> LogImport:
    """What the worker makes of it."""
    work(log_import.pk, now=lambda: NOW)
    log_import.refresh_from_db()
    return log_import
