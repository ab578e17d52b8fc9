"""What a draft's words are looked up in: each dataset's terms, and how many datasets have each.

Written by `catalog.suggestions.index` beside the datasets, and made again from them at any time.
On PostgreSQL `IndexedDataset` has a further column, `search`, that the database itself makes of the
four texts; on SQLite a table of FTS5, `catalog_search`, has them a second time.
"""

from django.db import models

from requests_app.models.catalog.catalog_dataset import CatalogDataset
from requests_app.models.catalog.city_portal import CityPortal


class CatalogIndex(models.Model):
    """Of one portal: how many datasets are indexed, and in how many of them each term stands."""

    portal = models.OneToOneField(CityPortal, on_delete=models.CASCADE, related_name="index")
    dataset_count = models.PositiveIntegerField(default=0)
    term_counts: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(default=dict)
    rules_version = models.PositiveIntegerField()  # by which words became terms

    def __str__(self) -> str:
        return f"Index of {self.dataset_count} datasets, {self.portal}"


class IndexedDataset(models.Model):
    """The terms of a published dataset; a withdrawn one has no row."""

    dataset = models.OneToOneField(
        CatalogDataset, on_delete=models.CASCADE, primary_key=True, related_name="indexed"
    )
    portal = models.ForeignKey(CityPortal, on_delete=models.CASCADE, related_name="+")
    places: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField()
    years: "models.JSONField[list[int], list[int]]" = models.JSONField(default=list)
    title_terms = models.TextField(blank=True)
    keyword_terms = models.TextField(blank=True)
    column_terms = models.TextField(blank=True)
    description_terms = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Terms of {self.dataset_id}"
