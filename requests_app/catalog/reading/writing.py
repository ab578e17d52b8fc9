"""What a reading found, into the rows of the catalog and the versions behind them.

A blank never takes the place of something known until the reading has come to its end: a list that
breaks off may have left out more than its last entries.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from cities.portals.dataset_record import Column, DatasetRecord
from cities.portals.known_terms import days_of
from requests_app.catalog.suggestions.index import index_datasets
from requests_app.models import CatalogDataset, CityPortal, DatasetVersion

BATCH = 500
WITHDRAWN, RETURNED = "withdrawn", "returned"
INDEXED = frozenset({"title", "description", "keywords", "themes", "columns", "temporal", RETURNED})
ROW_FIELDS = ["title", "steward", "data_updated_at", "cadence_days", "facts", "facts_sha256"]

Facts = dict[str, Any]


@dataclass(slots=True)
class CatalogWriter:
    """Of one reading, at that moment. `kept`: fields of which the platform's list is silent."""

    portal: CityPortal
    at: datetime
    kept: frozenset[str] = frozenset()
    created: int = 0
    changed: int = 0
    withdrawn: int = 0
    _gone_blank: dict[int, list[str]] = field(default_factory=dict)  # fields, by the dataset's pk

    @transaction.atomic
    def write(self, records: Sequence[DatasetRecord]) -> None:
        """Bring these datasets up to date, and note that they were seen."""
        names = [record.external_id for record in records]
        known = {row.external_id: row for row in self._datasets().filter(external_id__in=names)}
        new = [record for record in records if record.external_id not in known]
        self._create(new)
        news = [
            found
            for record in records
            if (row := known.get(record.external_id)) and (found := self._news(row, record))
        ]
        self._change(news)
        self._datasets().filter(pk__in=[row.pk for row in known.values()]).update(
            last_seen_at=self.at
        )

    @transaction.atomic
    def finish(self, *, may_withdraw: bool) -> None:
        """The reading is complete: what is blank now is blank, and what did not come is gone."""
        for batch in in_batches(iter(list(self._gone_blank)), BATCH):
            rows = self._datasets().filter(pk__in=batch)
            self._change([self._blanked(row) for row in rows])
        if may_withdraw:
            missing = self._datasets().published().filter(last_seen_at__lt=self.at)
            self.withdrawn = self.withdraw(missing)

    def withdraw(self, rows: Iterable[CatalogDataset], *more: str) -> int:
        """Say of these that they are gone. `more` stands beside it in what changed."""
        gone = list(rows)
        changed = [WITHDRAWN, *more]
        DatasetVersion.objects.bulk_create(
            [DatasetVersion(dataset=row, seen_at=self.at, changed=changed) for row in gone],
            batch_size=BATCH,
        )
        for batch in in_batches((row.pk for row in gone), BATCH):
            self._datasets().filter(pk__in=batch).update(withdrawn_at=self.at)
        self._index(gone)
        return len(gone)

    def _index(self, rows: Sequence[CatalogDataset]) -> None:
        """What suggestions search, in the same transaction."""
        for batch in in_batches((row.pk for row in rows), BATCH):
            index_datasets(batch)

    def set_columns(self, row: CatalogDataset, columns: Sequence[Column]) -> None:
        """Those of one dataset, asked for apart from the list."""
        now = replace(row.record, columns=tuple(columns)).to_json()
        if now["columns"] != row.facts.get("columns"):
            _state(row, now)
            self._change([(row, ["columns"])])

    def all_seen(self) -> None:
        """The portal says that nothing changed."""
        self._datasets().published().update(last_seen_at=self.at)

    def _datasets(self) -> Any:
        return CatalogDataset.objects.filter(portal=self.portal)

    def _create(self, records: Sequence[DatasetRecord]) -> None:
        rows = []
        for record in records:
            row = CatalogDataset(
                portal=self.portal,
                external_id=record.external_id,
                first_seen_at=self.at,
                last_seen_at=self.at,
            )
            _state(row, record.to_json())
            rows.append(row)
        made = CatalogDataset.objects.bulk_create(rows, batch_size=BATCH)
        self._index(made)
        DatasetVersion.objects.bulk_create(
            [
                DatasetVersion(dataset=row, seen_at=self.at, changed=[*row.facts], facts=row.facts)
                for row in made
            ],
            batch_size=BATCH,
        )
        self.created += len(made)

    def _news(
        self, row: CatalogDataset, record: DatasetRecord
    ) -> tuple[CatalogDataset, list[str]] | None:
        """The row as it is now, and which of its fields differ. None: nothing does."""
        found, before = record.to_json(), row.facts
        blank = [name for name, value in found.items() if before.get(name) and not value]
        if gone := [name for name in blank if name not in self.kept]:
            self._gone_blank[row.pk] = gone
        now = {**found, **{name: before[name] for name in blank}}
        changed = [name for name, value in now.items() if value != before.get(name)]
        if row.withdrawn_at is not None:
            changed.append(RETURNED)
        if not changed:
            return None
        _state(row, now)
        row.withdrawn_at = None
        return row, changed

    def _blanked(self, row: CatalogDataset) -> tuple[CatalogDataset, list[str]]:
        names = self._gone_blank[row.pk]
        nothing = DatasetRecord(row.external_id, "").to_json()
        _state(row, {**row.facts, **{name: nothing[name] for name in names}})
        return row, names

    def _change(self, news: Sequence[tuple[CatalogDataset, list[str]]]) -> None:
        # An upsert of rows that are all there: `bulk_update` takes several times as long.
        CatalogDataset.objects.bulk_create(
            [row for row, _ in news],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[*ROW_FIELDS, "withdrawn_at"],
        )
        self._index([row for row, changed in news if INDEXED.intersection(changed)])
        DatasetVersion.objects.bulk_create(
            [
                DatasetVersion(
                    dataset=row,
                    seen_at=self.at,
                    changed=changed,
                    facts={name: row.facts[name] for name in changed if name in row.facts},
                )
                for row, changed in news
            ],
            batch_size=BATCH,
        )
        self.changed += len(news)


def _state(row: CatalogDataset, facts: Facts) -> None:
    """Put the facts into the row, and what lists sort by beside them."""
    updated_at = facts["data_updated_at"]
    row.facts, row.facts_sha256 = facts, facts_sha256(facts)
    row.title, row.steward = facts["title"], facts["steward"]
    row.data_updated_at = datetime.fromisoformat(updated_at) if updated_at else None
    row.cadence_days = days_of(facts["cadence_iso"])


def facts_sha256(facts: Facts) -> str:
    """Of the facts, in whatever order they are written."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def in_batches(things: Iterator[Any], size: int = BATCH) -> Iterator[list[Any]]:
    while batch := list(islice(things, size)):
        yield batch
