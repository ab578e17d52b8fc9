"""What entered a chain keeps its digest for good: a frozen sample of each kind of event and table.

A sample is never changed. A new kind, or a new table, gets one: `fields` by hand, `sha256` as the
failing test says it.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from requests_app.models import EventKind
from requests_app.models.chain.chained_tables import CHAINED_TABLES, digest_of

SAMPLES = json.loads(Path(__file__).with_name("golden_digests.json").read_text("utf-8"))


def values_of(sample: dict[str, Any]) -> dict[str, Any]:
    """As the database gives them: days and instants, and a PDF's bytes."""
    values = dict(sample["fields"])
    for name, value in values.items():
        if name.endswith("_at") or name in {"at", "counted_from"}:
            values[name] = datetime.fromisoformat(value).astimezone(UTC)
        elif name in {"on", "dated_on"}:
            values[name] = date.fromisoformat(value)
        elif name == "pdf":
            values[name] = value.encode()
    return values


def test_every_kind_of_event_and_every_table_has_a_sample():
    assert set(SAMPLES["events"]) == set(EventKind)
    assert set(SAMPLES["tables"]) == set(CHAINED_TABLES)


@pytest.mark.parametrize("kind", EventKind)
def test_event_keeps_its_digest(kind: EventKind):
    sample = SAMPLES["events"][kind]
    assert sample["fields"]["kind"] == kind

    digest = digest_of(CHAINED_TABLES["event"], apps.get_model("requests_app", "Event"),
                       values_of(sample))  # fmt: skip

    assert digest == sample["sha256"]


@pytest.mark.parametrize("name", CHAINED_TABLES)
def test_row_keeps_its_digest(name: str):
    table, sample = CHAINED_TABLES[name], SAMPLES["tables"][name]

    digest = digest_of(table, apps.get_model("requests_app", table.model), values_of(sample))

    assert digest == sample["sha256"]
