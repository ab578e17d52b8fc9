"""A draft's versions: which one stands, and whether it is the one somebody had before them."""

from typing import Any

from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.models import DraftVersion, RecordsRequest, VersionKind


class OutdatedError(Refused):
    """Somebody else saved meanwhile. `version` is what stands now, and still stands."""

    def __init__(self, version: DraftVersion) -> None:
        super().__init__(
            f"{version.saved_by} saved this draft meanwhile, as version {version.number}. "
            "Nothing was overwritten: see below what changed."
        )
        self.version = version


def current(records_request: RecordsRequest) -> DraftVersion | None:
    """The draft as it was saved last; None of a request that is older than versions are."""
    versions = DraftVersion.objects.filter(records_request=records_request)
    return versions.of_the_draft().select_related("saved_by").last()


def current_number(records_request: RecordsRequest) -> int:
    version = current(records_request)
    return version.number if version else 0


def check_current(records_request: RecordsRequest, number: int | None) -> None:
    """Raises OutdatedError where that number is not the current one. Call it under the request's
    lock. None stands for whoever has just read the row, and has no page that could be old."""
    version = current(records_request)
    if number is not None and version and version.number != number:
        raise OutdatedError(version)


def keep(
    records_request: RecordsRequest,
    kind: VersionKind,
    *,
    by: Attribution,
) -> DraftVersion:
    """The draft as it is now, as its next version."""
    details = details_of(records_request)
    return _keep(records_request, kind, text=records_request.letter_text, details=details, by=by)


def set_aside(
    records_request: RecordsRequest, *, text: str, details: dict[str, Any], by: Attribution
) -> DraftVersion:
    """Words that were typed and never the draft's own: kept beside its versions."""
    return _keep(records_request, VersionKind.SET_ASIDE, text=text, details=details, by=by)


def details_of(records_request: RecordsRequest) -> dict[str, Any]:
    return {
        "office_role": records_request.office_role,
        "subject": records_request.subject,
        "track": records_request.track,
        "particulars": records_request.particulars,
    }


def _keep(
    records_request: RecordsRequest,
    kind: VersionKind,
    *,
    text: str,
    details: dict[str, Any],
    by: Attribution,
) -> DraftVersion:
    last = DraftVersion.objects.filter(records_request=records_request).last()
    return DraftVersion.objects.create(
        records_request=records_request,
        number=last.number + 1 if last else 1,
        kind=kind,
        text=text,
        details=details,
        saved_by=by.user,
        saved_at=by.at,
    )
