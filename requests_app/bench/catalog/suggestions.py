"""How long the suggestions of a draft of 300 words take over a catalog of 5,000 datasets."""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from time import perf_counter

from django.db import connection

from cities.portals.dataset_record import Column, DatasetRecord
from cities.schema.load import load_city
from requests_app.bench.catalog import filling, judged
from requests_app.bench.derivations import Measure
from requests_app.catalog.suggestions.draft_terms import DraftText
from requests_app.catalog.suggestions.suggest import suggest

DATASETS, WORDS, ROUNDS = 5_000, 300, 3
LIMITS = {"postgresql": 0.030, "sqlite": 0.060}
SEED = 20261122


def run(folder: Path, datasets: int = DATASETS) -> list[Measure]:
    """On the configured database. It leaves a filled portal: roll it back."""
    portal = filling.fill(large_catalog(folder, datasets), at=judged.AT)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE requests_app_indexeddataset")
    assert portal.newsroom is not None
    newsroom, city = portal.newsroom, load_city(filling.CITY)
    took = []
    for text in long_drafts(folder):
        for _ in range(ROUNDS):
            begun = perf_counter()
            suggest(newsroom, city, text, at=judged.AT)
            took.append(perf_counter() - begun)
    limit = LIMITS[connection.vendor]
    name = f"suggestions over {datasets:,} datasets, {connection.vendor}"
    return [
        Measure(f"{name}, median", statistics.median(took), limit),
        Measure(f"{name}, slowest of {len(took)}", max(took), limit * 3),
    ]


def report(folder: Path, datasets: int, say: Callable[[str], None]) -> bool:
    measures = run(folder, datasets)
    for measure in measures:
        say(str(measure))
    return all(measure.is_met for measure in measures)


def large_catalog(folder: Path, datasets: int) -> Iterator[DatasetRecord]:
    """The judged datasets over and over, each time of another place, with columns and sentences
    of others among them: as many words as a large city's catalog has."""
    chance = Random(SEED)  # noqa: S311  the same catalog every time
    records = judged.read_datasets(folder / "datasets.txt")
    for number in range(datasets):
        record, others = records[number % len(records)], chance.sample(records, 3)
        place = f"Ward{_letters(number // len(records))}"
        yield replace(
            record,
            external_id=f"set-{number}",
            title=f"{record.title} {place}",
            description=" ".join([record.description, *(one.description for one in others)]),
            columns=(
                *record.columns,
                *others[0].columns,
                *(Column(f"measure_{_letters(number + many)}") for many in range(3)),
            ),
        )


def _letters(number: int) -> str:
    """A made-up word: digits are no words to the desk."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}")


def long_drafts(folder: Path) -> list[DraftText]:
    """Each of 300 words: a judged draft with others after it."""
    drafts = judged.read_drafts(folder / "drafts.toml")
    chance = Random(SEED)  # noqa: S311  the same catalog every time
    found = []
    for draft in drafts:
        words = draft.text.split()
        while len(words) < WORDS:
            words += chance.choice(drafts).text.split()
        found.append(DraftText.of(draft.subject, " ".join(words[:WORDS]), judged.PLACE))
    return found
