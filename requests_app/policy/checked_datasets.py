"""Which published datasets were looked at before a request was written, and what each was found to
be: read from its ledger, the last answer on a dataset counting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from requests_app.models import EventKind, RecordsRequest
from requests_app.vocabulary.dates_and_amounts import count


class Answer(StrEnum):
    """What a person said of what was suggested; the values stand in the ledger."""

    ANSWERS = "answers_it"
    PARTLY = "partly"
    NOT_IT = "not_it"
    SKIPPED = "skipped"
    NONE_FOUND = "none_found"  # nothing was suggested, and the person says so


# As the ledger says it: of one dataset, and of several.
SENTENCES = {
    Answer.ANSWERS: ("it answers the request", "they answer the request"),
    Answer.PARTLY: ("it covers part of it", "they cover part of it"),
    Answer.NOT_IT: ("it does not cover it", "none covers it"),
}


@dataclass(frozen=True, slots=True)
class CheckedDataset:
    """One of them, as its catalog had it on the day it was looked at."""

    id: int
    title: str
    updated_on: date | None
    answer: Answer


@dataclass(frozen=True, slots=True)
class CheckedCatalog:
    """What a request's ledger says of it. `found_none_on`: the day as of which the catalog had
    nothing near it, where a person said so."""

    datasets: tuple[CheckedDataset, ...] = ()
    found_none_on: date | None = None

    def said(self, *answers: Answer) -> tuple[CheckedDataset, ...]:
        return tuple(one for one in self.datasets if one.answer in answers)


def checked_catalog(records_request: RecordsRequest) -> CheckedCatalog:
    """Nothing of a request that is not kept yet."""
    if records_request._state.adding:
        return CheckedCatalog()
    events = records_request.events.effective().filter(kind=EventKind.CATALOG_CHECKED)
    found = dict[int, CheckedDataset]()
    none_on: date | None = None
    for data in events.order_by("pk").values_list("data", flat=True):
        answer = Answer(data["judged"])
        if answer == Answer.NONE_FOUND:
            none_on = date.fromisoformat(data["read_on"])
        for raw in data["datasets"]:
            found[raw["id"]] = CheckedDataset(raw["id"], raw["title"], _day(raw), answer)
    return CheckedCatalog(tuple(found.values()), none_on)


def _day(raw: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(raw["updated_on"]) if raw["updated_on"] else None


def checked_datasets(data: Mapping[str, Any]) -> str:
    """An entry's sentence without its stop: Checked 3 published datasets first: none covers it.
    Empty for an entry of another kind."""
    if "judged" not in data:
        return ""
    titles, answer = [str(one["title"]) for one in data["datasets"]], Answer(data["judged"])
    if answer == Answer.NONE_FOUND:
        of = count(data["datasets_checked"], "published dataset")
        return f"Checked the city’s {of} first: none covers it"
    if answer == Answer.SKIPPED:
        return f"Did not look at {count(len(titles), 'suggested dataset')}: {_quoted(titles)}"
    if len(titles) == 1:
        return f"Checked a published dataset first, {_quoted(titles)}: {SENTENCES[answer][0]}"
    return f"Checked {len(titles)} published datasets first: {SENTENCES[answer][1]}"


def _quoted(titles: list[str]) -> str:
    return ", ".join(f"“{title}”" for title in titles)
