"""A withdrawn dataset is a story: one step drafts the request for the records behind it."""

from django.db import transaction

from cities.schema.city import RequestKind
from cities.schema.load import load_city
from requests_app.actions.errors import Refused
from requests_app.actions.requests import drafting
from requests_app.actions.requests.drafting import Basis
from requests_app.ledger.attribution import Attribution
from requests_app.models import CatalogDataset, RecordsRequest
from requests_app.vocabulary.dates_and_amounts import day

LONGEST_TITLE = 120  # in the subject, which holds 200


@transaction.atomic
def ask_for_what_was_in_it(dataset: CatalogDataset, *, by: Attribution) -> RecordsRequest:
    """A draft to the office that takes records requests: what the dataset held, with its fields,
    as the catalog last described it. The metadata of that day stays with the request."""
    if dataset.withdrawn_at is None:
        raise Refused("The city still publishes this dataset: ask its steward for what it lacks.")
    city = load_city(dataset.portal.city_slug)
    return drafting.begin(
        by=by,
        city_slug=city.slug,
        kind=RequestKind.RECORDS,
        details=drafting.RequestDetails(
            office_role=city.offices_for(RequestKind.RECORDS)[0].role,
            subject=f"Withdrawn dataset: {dataset.title[:LONGEST_TITLE]}",
            particulars={"what": what_was_in_it(dataset)},
        ),
        basis=Basis(cites=dataset),
    )


def what_was_in_it(dataset: CatalogDataset) -> str:
    """What is asked for, one thing a line: the rows with their fields, and why it was withdrawn."""
    assert dataset.withdrawn_at is not None
    tz = load_city(dataset.portal.city_slug).tz
    seen, gone = (
        day(at.astimezone(tz).date()) for at in (dataset.last_seen_at, dataset.withdrawn_at)
    )
    record = dataset.record
    rows = (
        f"every row of the dataset “{record.title}” (identifier {record.external_id}), which the "
        f"city’s catalog listed on {seen} and no longer listed on {gone}"
    )
    fields = "; ".join(column.label or column.name for column in record.columns)
    return "\n".join(
        line
        for line in (
            f"{rows}, with these fields: {fields}" if fields else rows,
            f"the description of its fields and how it was kept, as of {seen}",
            "records of the decision to withdraw it, with its reasons and the person who took it",
        )
        if line
    )
