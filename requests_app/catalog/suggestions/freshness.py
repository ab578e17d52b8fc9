"""How old a dataset is: stale where it is older than its own cadence allows."""

from dataclasses import dataclass
from datetime import datetime

from requests_app.catalog.staleness import is_stale
from requests_app.models import CatalogDataset


@dataclass(frozen=True, slots=True)
class Freshness:
    """None and an empty text: the portal does not say."""

    updated_at: datetime | None
    cadence: str
    is_stale: bool


def freshness(dataset: CatalogDataset, *, at: datetime) -> Freshness:
    updated_at = dataset.data_updated_at
    is_late = is_stale(updated_at, dataset.cadence_days, at=at)
    return Freshness(updated_at, dataset.record.cadence_text, is_late)
