"""The columns of one dataset, asked for when somebody opens it: its portal's list has none."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from cities.portals import ckan
from cities.portals.arcgis_layer import columns_of_layer, layer_address
from cities.portals.dataset_record import Column
from cities.portals.outcome import ReadingFailedError
from cities.portals.polite_client import open_client
from cities.portals.safe_address import BadAddressError
from requests_app.catalog.reading.sync import ReadingFrom
from requests_app.catalog.reading.trial import BRIEFLY
from requests_app.catalog.reading.writing import CatalogWriter
from requests_app.models import CatalogDataset, PortalPlatform


class ColumnsUnknownError(Exception):
    """Why the columns could not be had, in a sentence."""


def can_be_asked_for(dataset: CatalogDataset) -> bool:
    """Whether its portal tells the columns of one dataset apart from its list."""
    record = dataset.record
    return bool(layer_address(record) or _ckan_file(dataset))


def fetch_columns(
    dataset: CatalogDataset, *, at: datetime, source: ReadingFrom | None = None
) -> tuple[Column, ...]:
    """Ask for them and keep them, as a version where they differ. ColumnsUnknownError."""
    try:
        found = _asked(dataset, source or ReadingFrom())
    except (ReadingFailedError, BadAddressError) as error:
        raise ColumnsUnknownError(str(error)) from error
    with transaction.atomic():
        row = CatalogDataset.objects.select_for_update(no_key=True).get(pk=dataset.pk)
        CatalogWriter(row.portal, at).set_columns(row, found)
    return found


def _asked(dataset: CatalogDataset, source: ReadingFrom) -> tuple[Column, ...]:
    layer, file = layer_address(dataset.record), _ckan_file(dataset)
    if not layer and not file:
        raise ColumnsUnknownError("This portal does not tell the columns of one dataset.")
    base = dataset.portal.base_url if file else layer
    if source.base_url:  # the same path on the machine that was named by hand
        base = source.base_url + ("" if file else urlsplit(layer).path)
    with open_client(
        base,
        user_agent=f"RecordsDesk/1 (+{settings.BASE_URL})",
        by_hand=bool(source.base_url),
        transport=source.transport,
        patience=source.patience or BRIEFLY,
    ) as client:
        return ckan.columns_of_file(client, file) if file else columns_of_layer(client)


def _ckan_file(dataset: CatalogDataset) -> str:
    is_ckan = dataset.portal.platform == PortalPlatform.CKAN
    return ckan.file_with_columns(dataset.record) if is_ckan else ""
