"""Cite a published dataset in a request, with its metadata as the city's catalog has it then."""

from datetime import datetime

from requests_app.actions.errors import Refused
from requests_app.models import CatalogDataset, CitedDataset, RecordsRequest


def cite(records_request: RecordsRequest, dataset: CatalogDataset, *, at: datetime) -> CitedDataset:
    """One a request: another takes the place of the one before. Called inside a transaction."""
    check_may_be_cited(records_request, dataset)
    cited, _ = CitedDataset.objects.update_or_create(
        records_request=records_request,
        defaults={"dataset": dataset, "facts": dataset.facts, "cited_at": at},
    )
    return cited


def check_may_be_cited(records_request: RecordsRequest, dataset: CatalogDataset) -> None:
    if dataset.portal.city_slug != records_request.city_slug:
        raise Refused(
            f"“{dataset.title}” is not a dataset of {records_request.city.name}’s: choose the city "
            "that publishes it, or leave the dataset out."
        )


def see_again(records_request: RecordsRequest, *, at: datetime) -> None:
    """Keep the metadata as it stands when the request is filed: what changes later is held against
    this. The letter keeps the day that it names, for somebody has read it as it is."""
    cited = CitedDataset.objects.select_related("dataset").filter(records_request=records_request)
    for row in cited:
        row.facts, row.cited_at = row.dataset.facts, at
        row.save(update_fields=["facts", "cited_at"])
