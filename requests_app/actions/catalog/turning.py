"""Turn a request to a steward into a records request, with everything carried over."""

from django.db import transaction

from cities.schema.city import RequestKind
from requests_app import escalations
from requests_app.actions.errors import Refused
from requests_app.actions.requests import drafting, ending
from requests_app.actions.requests.drafting import Basis, RequestDetails
from requests_app.actions.transitions import lock, record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import (
    Attachment,
    CatalogDataset,
    CitedDataset,
    EventKind,
    RecordsRequest,
)
from requests_app.particulars import Access, Correction, Dataset, Particulars, read
from requests_app.vocabulary.states import FILED_AND_OPEN


@transaction.atomic
def turn_into_records_request(
    records_request: RecordsRequest, *, keep_open: bool, by: Attribution
) -> RecordsRequest:
    """A draft that goes on from it: its subject, what it asks for, its dataset and its enclosures.
    The request itself stays open, or ends here."""
    request = lock(records_request)
    if request.kind == RequestKind.RECORDS or request.state not in FILED_AND_OPEN:
        raise Refused(
            "Only a request for data that was filed, and is open, is turned into a records "
            "request. Nothing was changed."
        )
    details = RequestDetails(
        office_role=_custodian_of(request),
        subject=request.subject,
        particulars=_asked_for(request),
    )
    begun = drafting.begin(
        by=by,
        city_slug=request.city_slug,
        kind=RequestKind.RECORDS,
        details=details,
        basis=Basis(cites=_cited(request), continues=request),
    )
    _carry_enclosures(request, begun, by=by)
    data = {"reference": begun.reference, "public_id": begun.public_id}
    on = request.city.local_date(by.at)
    record(request, EventKind.TURNED_INTO_RECORDS_REQUEST, Occasion(by, on, data))
    if not keep_open:
        _end(request, begun, by=by)
    return begun


def _custodian_of(request: RecordsRequest) -> str:
    """As the city's chain names it, else the office that is proposed for records."""
    chain = escalations.steps_of(request)
    named = next((step.office for step in chain if step.is_records_request), None)
    return str(named or request.city.offices_for(RequestKind.RECORDS)[0].role)


def _asked_for(request: RecordsRequest) -> dict[str, str]:
    asked = read(request.kind, request.particulars)
    carried = {"what": "\n".join(_what(request, asked))}
    if isinstance(asked, Dataset) and asked.format:
        carried["format"] = asked.format
    return carried


def _what(request: RecordsRequest, asked: Particulars) -> list[str]:
    """A line for each thing, as the records are to be asked for. A person edits them."""
    if isinstance(asked, Dataset):
        fields = [line.strip() for line in asked.fields.split("\n") if line.strip()]
        within = f", with these fields: {'; '.join(fields)}" if fields else ""
        return [f"the data “{asked.name_or_topic}”{within}"]
    if isinstance(asked, Correction):
        rows = "; ".join(line.strip() for line in asked.rows_affected.split("\n") if line.strip())
        within = f", of these rows or columns: {rows}" if rows else ""
        return [
            f"the records from which the dataset “{asked.dataset_title}” is made{within}",
            f"the records of what was done about our letter {request.reference}",
        ]
    assert isinstance(asked, Access)
    return [f"an export of the data “{asked.dataset}”"]


def _cited(request: RecordsRequest) -> CatalogDataset | None:
    cited = CitedDataset.objects.filter(records_request=request).select_related("dataset__portal")
    found = cited.first()
    return found.dataset if found else None


def _carry_enclosures(request: RecordsRequest, to: RecordsRequest, *, by: Attribution) -> None:
    """The same files: what lies on disk lies there once, under its hash."""
    for file in request.attachments.with_the_request():
        Attachment.objects.create(
            records_request=to,
            file=file.file.name,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
            is_enclosure=True,
            added_at=by.at,
            added_by=by.user,
        )


def _end(request: RecordsRequest, begun: RecordsRequest, *, by: Attribution) -> None:
    """Withdrawn while it waits for an answer, closed where it has one."""
    on, note = request.city.local_date(by.at), f"Goes on as {begun.reference}."
    end = ending.withdraw if request.is_pending else ending.close
    end(request, on=on, by=by, note=note)
