"""Every kind of event ever written still replays: a frozen ledger for each, never edited.

A new kind needs a sample, as an act of the desk writes it; a changed payload needs another beside
the old one, for ledgers are never rewritten.
"""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from cities.schema.city import RequestKind
from cities.schema.load import load_city
from requests_app.deadlines import Subject, derive
from requests_app.ledger.effective import effective
from requests_app.ledger.inputs import Entry
from requests_app.ledger.replay import fold
from requests_app.models import EventKind, RecordsRequest

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.json"))


@dataclass(frozen=True)
class Sample:
    city: str
    entries: list[Entry]
    gives: dict[str, Any]
    appeals: dict[str, dict[str, Any]]


def read(file: Path) -> Sample:
    said = json.loads(file.read_text(encoding="utf-8"))
    return Sample(
        said["city"], [_entry(row) for row in said["entries"]], said["gives"], said["appeals"]
    )


def _entry(row: dict[str, Any]) -> Entry:
    nothing = dict.fromkeys(("delivery_id", "appeal_id", "strikes_id", "in_place_of_id"))
    return Entry(records_request_id=1, **{**nothing, **row, "on": date.fromisoformat(row["on"])})


def as_json(fields: dict[str, Any]) -> dict[str, Any]:
    """What is known of them, as the sample says it."""
    known = {name: value for name, value in fields.items() if value not in (None, False, "")}
    return json.loads(json.dumps(known, cls=DjangoJSONEncoder))


def test_every_kind_has_a_sample():
    assert [file.stem for file in SAMPLES] == sorted(EventKind)


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_a_sample_is_of_its_kind_and_still_replays(file: Path):
    sample = read(file)

    replayed = fold(RecordsRequest(pk=1, city_slug=sample.city), effective(sample.entries))

    assert file.stem in {entry.kind for entry in sample.entries}
    assert as_json(replayed.fields) == sample.gives
    assert {
        str(pk): as_json(replayed.fields_of_appeal(pk)) for pk in replayed.appeals
    } == sample.appeals


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_the_clocks_still_count_from_a_sample(file: Path):
    sample = read(file)
    by_day = sorted(effective(sample.entries), key=lambda entry: (entry.on, entry.pk))

    clocks = {
        row.clock for row in derive(Subject(load_city(sample.city), RequestKind.RECORDS), by_day)
    }

    on_its_way = [e.kind for e in by_day if e.kind in {EventKind.SENT, EventKind.BOUNCED}]
    assert ("response" in clocks) == (on_its_way[-1:] == [EventKind.SENT])


def test_an_amount_is_read_back_as_it_was_quoted():
    sample = read(next(file for file in SAMPLES if file.stem == "fees_estimated"))

    replayed = fold(RecordsRequest(pk=1, city_slug=sample.city), sample.entries)

    assert replayed.fields["fee_amount"] == Decimal("40.00")
