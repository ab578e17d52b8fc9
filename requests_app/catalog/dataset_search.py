"""A search in a catalog: words, theme, steward, format, and which state. Applied in the database.

Every word has to stand somewhere in the record. It is also what somebody follows, written down as
the list's own address writes it.
"""

import json
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Self

from django.db.models import Q
from django.http import QueryDict

from requests_app.catalog.staleness import stale_before
from requests_app.models.catalog.catalog_dataset import CatalogDatasetQuerySet

LONGEST = 120  # of one value, in characters
MOST_WORDS = 8
SEARCHED = ("description", "publisher", "themes", "keywords")
# Columns are searched as JSON, in which their keys are no words of the portal's.
KEYS_OF_A_COLUMN = ("name", "label", "type", "description")

PUBLISHED, STALE, WITHDRAWN = "published", "stale", "withdrawn"
STATES = {
    PUBLISHED: "Published",
    STALE: "Stale: its own cadence is missed",
    WITHDRAWN: "Withdrawn",
}
FORMATS = (
    "CSV", "JSON", "GeoJSON", "XLSX", "XML", "KML", "Shapefile", "PDF",
    "ArcGIS GeoServices REST API",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DatasetSearch:
    q: str = ""
    theme: str = ""
    steward: str = ""
    format: str = ""
    state: str = ""

    @classmethod
    def read(cls, asked: QueryDict) -> Self:
        """From an address; what it does not know is left out."""
        values = {one.name: asked.get(one.name, "").strip()[:LONGEST] for one in fields(cls)}
        if values["state"] not in STATES:
            values["state"] = ""
        values["q"] = " ".join(values["q"].split()[:MOST_WORDS])
        return cls(**{name: _printable(value) for name, value in values.items()})

    @classmethod
    def written(cls, query: str) -> Self:
        return cls.read(QueryDict(query))

    @property
    def is_empty(self) -> bool:
        return self == type(self)()

    @property
    def to_follow(self) -> "DatasetSearch":
        """Without the state: what is new is published."""
        return replace(self, state="")

    def write(self) -> str:
        query = QueryDict(mutable=True)
        for one in fields(self):
            if value := getattr(self, one.name):
                query[one.name] = value
        return query.urlencode()

    def __str__(self) -> str:
        told = [f"“{self.q}”"] if self.q else []
        told += [f"{name} {value}" for name, value in self._named if value]
        return ", ".join(told) or "everything"

    @property
    def _named(self) -> tuple[tuple[str, str], ...]:
        return (("theme", self.theme), ("steward", self.steward), ("format", self.format))

    def found_in(self, datasets: CatalogDatasetQuerySet, *, at: datetime) -> CatalogDatasetQuerySet:
        """What fits of those. One query beside the list's own where the stale are asked for."""
        found = datasets
        for word in self.q.split():
            found = found.filter(_has_word(word))
        if self.theme:
            found = found.filter(_has_json("themes", json.dumps(self.theme), self.theme))
        if self.steward:
            found = found.filter(steward=self.steward)
        if self.format:
            found = found.filter(_has_format(self.format))
        return _in_state(found, self.state, at=at)


def _printable(text: str) -> str:
    """PostgreSQL takes no zero byte."""
    return text.replace("\x00", "")


def _has_word(word: str) -> Q:
    found = Q(title__icontains=word) | Q(steward__icontains=word) | Q(external_id__iexact=word)
    for field in SEARCHED:
        found |= Q(**{f"facts__{field}__icontains": word})
    if not any(word.lower() in key for key in KEYS_OF_A_COLUMN):
        found |= Q(facts__columns__icontains=word)
    return found


def _has_json(field: str, as_ascii: str, value: str) -> Q:
    """One of a list's strings, as SQLite keeps it and as PostgreSQL does."""
    as_text = json.dumps(value, ensure_ascii=False)
    contains = f"facts__{field}__icontains"
    return Q(**{contains: as_ascii}) | Q(**{contains: as_text})


def _has_format(name: str) -> Q:
    """The key and its value, with a blank between them or none, as the databases write JSON."""
    value = json.dumps(name)
    pairs = (f'"format": {value}', f'"format":{value}')
    return Q(facts__distributions__icontains=pairs[0]) | Q(facts__distributions__icontains=pairs[1])


def _in_state(
    datasets: CatalogDatasetQuerySet, state: str, *, at: datetime
) -> CatalogDatasetQuerySet:
    if state == WITHDRAWN:
        return datasets.filter(withdrawn_at__isnull=False)
    if state == PUBLISHED:
        return datasets.published()
    if state == STALE:
        return datasets.published().filter(stale_ones(datasets, at=at))
    return datasets


def stale_ones(datasets: CatalogDatasetQuerySet, *, at: datetime) -> Q:
    """The stale of those, as a condition. A catalog knows few cadences: each has its own day."""
    cadences = datasets.order_by().filter(cadence_days__gt=0).values_list("cadence_days", flat=True)
    stale = Q(pk__in=[])
    for days in cadences.distinct():
        if days is not None:  # as the filter has it, which a type cannot see
            stale |= Q(cadence_days=days, data_updated_at__lt=stale_before(days, at=at))
    return stale
