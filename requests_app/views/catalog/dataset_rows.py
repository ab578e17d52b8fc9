"""A dataset as a line of a list: what it is, whose, and how new."""

from dataclasses import dataclass
from datetime import datetime

from requests_app.catalog.staleness import is_stale
from requests_app.models import CatalogDataset

FORMATS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class DatasetRow:
    dataset: CatalogDataset
    is_stale: bool
    formats: tuple[str, ...]
    summary: str
    cadence: str


def shown_as_stale(dataset: CatalogDataset, *, at: datetime) -> bool:
    """What is withdrawn is that, however old."""
    is_withdrawn = dataset.withdrawn_at is not None
    return not is_withdrawn and is_stale(dataset.data_updated_at, dataset.cadence_days, at=at)


def row_of(dataset: CatalogDataset, *, at: datetime) -> DatasetRow:
    record = dataset.record
    formats = dict.fromkeys(one.format for one in record.distributions if one.format)
    return DatasetRow(
        dataset,
        shown_as_stale(dataset, at=at),
        tuple(formats)[:FORMATS_SHOWN],
        record.description,
        record.cadence_text or record.cadence_iso,
    )
