"""How old a dataset is: stale where it is older than its own cadence allows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from requests_app.models import CatalogDataset

GRACE = 1.5  # of its own cadence: a monthly file that is six weeks old is not yet stale


@dataclass(frozen=True, slots=True)
class Freshness:
    """None and an empty text: the portal does not say."""

    updated_at: datetime | None
    cadence: str
    is_stale: bool


def freshness(dataset: CatalogDataset, *, at: datetime) -> Freshness:
    updated, days = dataset.data_updated_at, dataset.cadence_days
    is_stale = bool(updated and days and at - updated > timedelta(days=days * GRACE))
    return Freshness(updated, dataset.record.cadence_text, is_stale)
