"""Asking for the log as a file. The worker makes it, and it is kept as it is made."""

from dataclasses import dataclass

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.security.security_log import record
from requests_app.models import ExportFormat, ExportStage, LogExport, Newsroom, Project
from requests_app.permissions import require
from requests_app.research.exporting import export_queue
from requests_app.research.exporting.descriptor import LICENSES
from requests_app.research.exporting.query import CHALLENGES, CODES, WHAT, ExportQuery
from requests_app.vocabulary.security_kinds import SecurityKind


@dataclass(frozen=True, slots=True)
class WantedExport:
    """Personal data is left out unless chosen. `license`: its name in SPDX; empty: none given."""

    format: str
    query: ExportQuery = ExportQuery()  # noqa: RUF009  frozen
    title: str = ""
    license: str = ""
    has_personal_data: bool = False


@transaction.atomic
def ask(newsroom: Newsroom, wanted: WantedExport, *, by: Attribution) -> LogExport:
    """Promise a snapshot."""
    require(by.user, "export_log")
    if wanted.has_personal_data:
        require(by.user, "export_personal_data")
    _check(newsroom, wanted)
    export = LogExport.objects.create(
        newsroom=newsroom,
        format=wanted.format,
        filters=wanted.query.to_json(),
        has_personal_data=wanted.has_personal_data,
        title=wanted.title.strip() or f"Public-records log of {newsroom.name}",
        license=wanted.license,
        asked_by=by.user,
        asked_at=by.at,
    )
    record(
        SecurityKind.EXPORT_ASKED, by=by.user, at=by.at, newsroom=newsroom, name=export.title,
        export=export.pk, format=export.format, personal_data=export.has_personal_data,
    )  # fmt: skip
    export_queue.notify_worker(export)
    return export


@transaction.atomic
def try_again(export: LogExport, *, by: Attribution) -> None:
    """Promise once more what could not be made."""
    require(by.user, "export_log", export)
    failed = LogExport.objects.filter(pk=export.pk, stage=ExportStage.FAILED)
    again = {"stage": ExportStage.WAITING, "attempts": 0, "claimed_at": None, "problem": ""}
    if not failed.update(**again):
        raise Refused("It did not fail: look at it again.")
    export_queue.notify_worker(export)


def _check(newsroom: Newsroom, wanted: WantedExport) -> None:
    query = wanted.query
    if wanted.format not in ExportFormat.values:
        raise Refused("Choose one of the formats.")
    if query.what not in dict(WHAT):
        raise Refused("Choose which rows: everything, challenges, or what was logged.")
    if wanted.format == ExportFormat.FOIA_LOG and query.what in (CHALLENGES, CODES):
        raise Refused(
            "The Standard FOIA Log Format has requests alone: choose every request, or what was "
            "logged; or another format."
        )
    if wanted.license and wanted.license not in LICENSES:
        raise Refused(f"Choose one of the licenses ({', '.join(LICENSES)}), or none.")
    if query.since and query.until and query.until < query.since:
        raise Refused("The last day is before the first: check the two days.")
    if query.project and not Project.objects.filter(newsroom=newsroom, pk=query.project).exists():
        raise Refused("That project belongs to another newsroom: choose one of yours.")
