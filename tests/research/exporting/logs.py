"""A newsroom's log with all that may be in one, and exports of it."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from requests_app.actions.requests import appeals
from requests_app.actions.requests.appeals import Decision
from requests_app.actions.research import exporting
from requests_app.actions.research.exporting import WantedExport
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    AppealOutcome,
    ClaimedExemption,
    LogEntry,
    LogExport,
    LoggedRequest,
    Newsroom,
    Project,
    Role,
    User,
)
from requests_app.research.exporting.make_export import make
from tests.factories import NOW, TODAY, acting, appealed, member, submitted

FORMULA = "=cmd|' /C calc'!A0"


def full_log() -> User:
    """Its researcher. A tracked request with a decided appeal, one without; a chain that was
    logged; and logged requests whose words are anything."""
    reporter = member(name="Ann Reporter")
    newsroom = reporter.membership.newsroom
    request = submitted(reporter)
    appeals_of(request)
    submitted(reporter, subject="Budgets")
    logged_log(newsroom, reporter)
    return member(Role.RESEARCHER, newsroom)


def appeals_of(request: Any) -> None:
    from requests_app.actions.requests import city_determinations
    from tests.factories import said

    city_determinations.deny(request, answer=said(), exemptions=["§ 1-210(b)(3)"],
                             **acting(request))  # fmt: skip
    appeal = appealed(request)
    decision = Decision(TODAY, AppealOutcome.MODIFIED)
    appeals.decide(appeal, decision, **acting(request))


def logged_log(newsroom: Newsroom, by: User) -> None:
    project = Project.objects.create(newsroom=newsroom, name="Body cameras", created_by=by)
    first = LoggedRequest.objects.create(
        newsroom=newsroom, place="Springfield, IL", subject="Päyroll “2019”\nline two",
        requester="Jane Doe", organization="-1+1", requested_on=date(2019, 3, 1),
        requested_precision="month", status="rejected", status_as_stated="Denied, sort of",
        fees_charged=Decimal("12.50"), is_under_privacy_act=False, fee_waiver="n/a",
        project=project, created_by=by,
    )  # fmt: skip
    commission = LogEntry.objects.create(
        newsroom=newsroom, logged_request=first, body="Commission", ground=FORMULA,
        state="decided", outcome="affirmed", filed_on=date(2019, 1, 1), filed_precision="year",
        decided_on=date(2019, 12, 2), order_number="'=1", notes="ask Jane", created_by=by,
    )  # fmt: skip
    ClaimedExemption.objects.create(
        entry=commission, as_claimed="(b)(5)", became="upheld", passage="It, “applies”."
    )
    court = LogEntry.objects.create(
        newsroom=newsroom, logged_request=first, body="Court", follows=commission,
        filed_on=date(2020, 2, 3), project=project, created_by=by,
    )  # fmt: skip
    for entry in (commission, court):
        entry.rank()
        entry.save()
    logged = None
    for subject in (" leading space", "'quoted", "@SUM(A1)", "\ttab", "n/a", "_x0041_ 43528", "7"):
        logged = LoggedRequest.objects.create(
            newsroom=newsroom, city_slug="us-mo/kansas-city", subject=subject, source="Elsewhere",
            source_key=f"row {subject}", created_by=by,
        )  # fmt: skip
    LogEntry.objects.create(
        newsroom=newsroom, logged_request=logged, city_slug="us-mo/kansas-city",
        body="Attorney General", created_by=by,
    )  # fmt: skip


def exported(by: User, format_: str, **wanted: Any) -> LogExport:
    export = exporting.ask(
        by.membership.newsroom, WantedExport(format_, **wanted), by=Attribution(by, NOW)
    )
    make(export.pk, now=lambda: NOW)
    export.refresh_from_db()
    assert export.problem == ""
    return export


def content_of(export: LogExport) -> bytes:
    return Path(export.file.path).read_bytes()
