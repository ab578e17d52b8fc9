"""Keep the index in step with a portal's datasets: called where they are written.

Whoever writes, withdraws or brings back datasets calls `index_datasets` with their keys, in the
same transaction; whoever writes a whole catalog calls `reindex` once.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from django.db import connection, transaction

from requests_app.catalog.suggestions import full_text
from requests_app.catalog.suggestions.dataset_terms import (
    COLUMNS,
    DESCRIPTION,
    KEYWORDS,
    TITLE,
    terms_of,
)
from requests_app.models import CatalogDataset, CatalogIndex, CityPortal, IndexedDataset

RULES_VERSION = 1  # count up where words become other terms than before
AT_A_TIME = 500


@transaction.atomic
def index_datasets(ids: Collection[int]) -> None:
    """Index these datasets as they stand now; those that are withdrawn leave the index."""
    portals = CityPortal.objects.filter(datasets__in=ids).distinct().order_by("pk")
    for portal in portals:
        index = _locked(portal)
        if index.rules_version != RULES_VERSION:
            _write_all(index)
        else:
            _write(index, CatalogDataset.objects.filter(portal=portal, pk__in=ids))


@transaction.atomic
def reindex(portal: CityPortal) -> int:
    """Make the portal's index anew from its datasets. How many are in it."""
    index = _locked(portal)
    _write_all(index)
    return index.dataset_count


def _locked(portal: CityPortal) -> CatalogIndex:
    CatalogIndex.objects.get_or_create(portal=portal, defaults={"rules_version": RULES_VERSION})
    return CatalogIndex.objects.select_for_update(no_key=True).get(portal=portal)


def _write_all(index: CatalogIndex) -> None:
    stand = IndexedDataset.objects.filter(portal=index.portal)
    full_text.forget(connection, stand.values_list("pk", flat=True))
    stand.delete()
    index.dataset_count, index.term_counts, index.rules_version = 0, {}, RULES_VERSION
    _write(index, CatalogDataset.objects.filter(portal=index.portal))


def _write(index: CatalogIndex, datasets: Iterable[CatalogDataset]) -> None:
    counts = Counter(index.term_counts)
    for batch in _batches(datasets):
        before = IndexedDataset.objects.filter(pk__in=[dataset.pk for dataset in batch])
        for places in before.values_list("places", flat=True):
            counts.subtract(places.keys())
            index.dataset_count -= 1
        full_text.forget(connection, [dataset.pk for dataset in batch])
        before.delete()
        rows = [_row(dataset) for dataset in batch if dataset.withdrawn_at is None]
        for row in rows:
            counts.update(row.places.keys())
        index.dataset_count += len(rows)
        IndexedDataset.objects.bulk_create(rows)
        full_text.remember(connection, rows)
    index.term_counts = {term: count for term, count in counts.items() if count > 0}
    index.save()


def _batches(datasets: Iterable[CatalogDataset]) -> Iterator[list[CatalogDataset]]:
    batch: list[CatalogDataset] = []
    for dataset in datasets:
        batch.append(dataset)
        if len(batch) == AT_A_TIME:
            yield batch
            batch = []
    if batch:
        yield batch


def _row(dataset: CatalogDataset) -> IndexedDataset:
    terms = terms_of(dataset.record)
    return IndexedDataset(
        dataset=dataset,
        portal_id=dataset.portal_id,
        places=terms.places,
        years=sorted(terms.years),
        title_terms=" ".join(terms.in_place(TITLE)),
        keyword_terms=" ".join(terms.in_place(KEYWORDS)),
        column_terms=" ".join(terms.in_place(COLUMNS)),
        description_terms=" ".join(terms.in_place(DESCRIPTION)),
    )
