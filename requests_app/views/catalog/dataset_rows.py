"""A dataset as a line of a list: what it is, whose, and how new."""

from dataclasses import dataclass
from datetime import datetime

from requests_app.catalog.freshness import Freshness, freshness
from requests_app.models import CatalogDataset

FORMATS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class DatasetRow:
    dataset: CatalogDataset
    freshness: Freshness
    formats: tuple[str, ...]
    summary: str
    cadence: str

    @property
    def is_stale(self) -> bool:
        return self.freshness == Freshness.STALE and self.dataset.withdrawn_at is None


def row_of(dataset: CatalogDataset, *, at: datetime) -> DatasetRow:
    record = dataset.record
    formats = dict.fromkeys(one.format for one in record.distributions if one.format)
    return DatasetRow(
        dataset,
        freshness(dataset.data_updated_at, dataset.cadence_days, at=at),
        tuple(formats)[:FORMATS_SHOWN],
        record.description,
        record.cadence_text or record.cadence_iso,
    )
