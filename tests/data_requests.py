"""Requests for data that reached their steward, for the tests: to Kansas City unless said."""

from datetime import datetime
from typing import Any

from requests_app.actions.requests.drafting import Basis
from requests_app.models import CatalogDataset, RecordsRequest, User
from tests.factories import NOW, submitted

CORRECTION: dict[str, Any] = {
    "city_slug": "us-mo/kansas-city",
    "kind": "correction",
    "office_role": "department",
    "subject": "Wrong streets",
    "particulars": {
        "dataset_title": "Street Tree Inventory",
        "dataset_identifier": "k7rx-29qm",
        "rows_affected": "rows 210 to 260",
        "what_is_wrong": "Rows 210 to 260 name the wrong street.",
    },
}
DATASET: dict[str, Any] = {
    "city_slug": "us-mo/kansas-city",
    "kind": "dataset",
    "office_role": "dataset_steward",
    "subject": "Building permits",
    "particulars": {
        "asks_for": "add_fields",
        "name_or_topic": "Building permits",
        "purpose": "To report on housing.",
        "fields": "date applied for\ncontractor",
        "format": "CSV",
    },
}


def asked_for_correction(
    of: CatalogDataset | None = None, *, at: datetime = NOW, by: User | None = None, **said: Any
) -> RecordsRequest:
    return submitted(by, at=at, basis=Basis(of), **{**CORRECTION, **said})


def asked_for_data(
    of: CatalogDataset | None = None, *, at: datetime = NOW, by: User | None = None, **said: Any
) -> RecordsRequest:
    return submitted(by, at=at, basis=Basis(of), **{**DATASET, **said})
