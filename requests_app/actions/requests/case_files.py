"""Asking for a request's papers put together. The worker makes them."""

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.actions.transitions import lock
from requests_app.casefile import case_file_queue
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    Appeal,
    CaseFile,
    CaseFileKind,
    CaseFileState,
    RecordsRequest,
)

NOT_YET = (CaseFileState.WAITING, CaseFileState.MAKING)


@transaction.atomic
def ask(
    records_request: RecordsRequest,
    *,
    kind: str,
    by: Attribution,
    appeal: Appeal | None = None,
    has_notes: bool = False,
    embeds_files: bool = False,
) -> CaseFile:
    """Promise one. While the same is being made already, that one is the answer."""
    request = lock(records_request)
    _check(request, kind, appeal, has_notes=has_notes)
    wanted = {
        "kind": kind,
        "appeal": appeal,
        "has_notes": has_notes,
        "embeds_files": embeds_files and kind != CaseFileKind.ARCHIVE,  # the ZIP has them already
    }
    under_way = request.case_files.filter(state__in=NOT_YET, **wanted).first()
    if under_way:
        return under_way
    made = CaseFile.objects.create(
        records_request=request, asked_at=by.at, asked_by=by.user, **wanted
    )
    case_file_queue.notify_worker(made)
    return made


def _check(request: RecordsRequest, kind: str, appeal: Appeal | None, *, has_notes: bool) -> None:
    if kind not in CaseFileKind.values:
        raise Refused("Choose what to make: the case file, an appeal’s papers or the ZIP.")
    if request.submitted_on is None:
        raise Refused("Nothing was filed yet: a case file begins with the request’s letter.")
    if (kind == CaseFileKind.BUNDLE) != (appeal is not None):
        raise Refused("The papers of an appeal are made for one appeal: choose which.")
    if appeal and appeal.records_request_id != request.pk:
        raise Refused("That appeal belongs to another request: choose one of this request’s.")
    if has_notes and kind == CaseFileKind.BUNDLE:
        raise Refused("The newsroom’s notes do not go with an appeal: leave them out.")
