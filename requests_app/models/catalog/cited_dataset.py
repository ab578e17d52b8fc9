"""The published dataset that a request speaks of, with its metadata as seen when it was cited."""

from django.db import models

from cities.portals.dataset_record import DatasetRecord
from requests_app.models.catalog.catalog_dataset import CatalogDataset
from requests_app.models.requests.records_request import RecordsRequest


class CitedDataset(models.Model):
    """One a request: the dataset to be corrected, added to, opened, or that answers it in part."""

    records_request = models.OneToOneField(
        RecordsRequest, on_delete=models.PROTECT, related_name="cited_dataset"
    )
    dataset = models.ForeignKey(CatalogDataset, on_delete=models.PROTECT, related_name="cited_by")
    facts = models.JSONField()  # DatasetRecord.to_json() as it was then
    cited_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.records_request_id} cites {self.dataset_id}"

    @property
    def record(self) -> DatasetRecord:
        return DatasetRecord.from_json(self.facts)
