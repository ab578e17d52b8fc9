"""The index is in step with the datasets, on both databases."""

import pytest
from django.db import connection

from requests_app.catalog.suggestions import full_text, index
from requests_app.models import CatalogDataset, CatalogIndex, CityPortal, IndexedDataset
from tests.catalog.datasets import dataset, portal, record
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def found(of: CityPortal, *terms: str) -> list[str]:
    keys = full_text.find(connection, of.pk, terms, most=20)
    return [CatalogDataset.objects.get(pk=key).title for key in keys]


def test_a_title_ranks_before_a_column_and_that_before_a_description() -> None:
    made = portal()
    dataset(made, "Curb Ramps", description="Beside trees.")
    dataset(made, "Park Assets", "tree_count")
    dataset(made, "Street Trees")

    assert index.reindex(made) == 3

    assert found(made, "tree") == ["Street Trees", "Park Assets", "Curb Ramps"]


def test_only_the_asked_portals_datasets_are_found() -> None:
    made, other = portal(), portal(city_slug="us-or/portland")
    dataset(made, "Street Trees")
    dataset(other, "Heritage Trees")
    index.reindex(made)
    index.reindex(other)

    assert found(other, "tree") == ["Heritage Trees"]


def test_a_changed_dataset_is_found_by_its_new_words_alone() -> None:
    made = portal()
    tree = dataset(made, "Street Trees")
    index.index_datasets([tree.pk])
    tree.facts = record("Curb Ramps").to_json()
    tree.save()

    index.index_datasets([tree.pk])

    assert (found(made, "tree"), found(made, "ramp")) == ([], ["Street Trees"])
    counted = CatalogIndex.objects.get(portal=made)
    assert (counted.dataset_count, counted.term_counts) == (1, {"curb": 1, "ramp": 1})


def test_a_withdrawn_dataset_leaves_the_index_and_its_counts() -> None:
    made = portal()
    tree, ramp = dataset(made, "Street Trees"), dataset(made, "Street Ramps")
    index.reindex(made)
    CatalogDataset.objects.filter(pk=tree.pk).update(withdrawn_at=NOW)

    index.index_datasets([tree.pk, ramp.pk])

    assert found(made, "street") == ["Street Ramps"]
    counted = CatalogIndex.objects.get(portal=made)
    assert (counted.dataset_count, counted.term_counts) == (1, {"street": 1, "ramp": 1})


def test_an_index_of_earlier_rules_is_made_anew() -> None:
    made = portal()
    tree, ramp = dataset(made, "Street Trees"), dataset(made, "Curb Ramps")
    CatalogIndex.objects.create(portal=made, rules_version=0, dataset_count=9, term_counts={"x": 9})

    index.index_datasets([tree.pk])

    assert set(IndexedDataset.objects.values_list("pk", flat=True)) == {tree.pk, ramp.pk}
    assert CatalogIndex.objects.get(portal=made).dataset_count == 2
