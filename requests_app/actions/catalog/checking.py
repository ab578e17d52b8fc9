"""What a person says of the datasets that may already answer a draft. Nothing stops a filing."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from requests_app.actions.drafts import discarding, unsaved_words
from requests_app.actions.errors import Refused
from requests_app.actions.requests import drafting
from requests_app.actions.transitions import record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import (
    CatalogDataset,
    CatalogIndex,
    CitedDataset,
    CityPortal,
    Event,
    EventKind,
    RecordsRequest,
)
from requests_app.policy.checked_datasets import Answer
from requests_app.vocabulary.dates_and_amounts import day

# Which of a kind's particulars says what is asked for, line by line.
ASKED_IN = {"records": "what", "dataset": "fields"}


@transaction.atomic
def not_it(
    records_request: RecordsRequest, datasets: Iterable[CatalogDataset], *, by: Attribution
) -> Event:
    """None of these has what is asked for."""
    return _answer(records_request, Answer.NOT_IT, list(datasets), by=by)


@transaction.atomic
def skip(
    records_request: RecordsRequest, datasets: Iterable[CatalogDataset], *, by: Attribution
) -> Event:
    """They were suggested, and nobody looked."""
    return _answer(records_request, Answer.SKIPPED, list(datasets), by=by)


@transaction.atomic
def none_found(records_request: RecordsRequest, portal: CityPortal, *, by: Attribution) -> Event:
    """Nothing in the catalog comes near it."""
    return _answer(records_request, Answer.NONE_FOUND, [], by=by, portal=portal)


@transaction.atomic
def answers(records_request: RecordsRequest, dataset: CatalogDataset, *, by: Attribution) -> Event:
    """It has what is asked for: the draft is discarded, and can be brought back."""
    event = _answer(records_request, Answer.ANSWERS, [dataset], by=by)
    _cite(records_request, dataset, by=by)
    discarding.discard(records_request, by=by)
    return event


@transaction.atomic
def partly(
    records_request: RecordsRequest, dataset: CatalogDataset, missing: str, *, by: Attribution
) -> Event:
    """It has a part: the request asks for the rest besides, and names the dataset."""
    lines = [line.strip() for line in missing.splitlines() if line.strip()]
    if not lines:
        raise Refused("Say what the dataset leaves out: fields, rows or years, one a line.")
    _check_kind(records_request)
    unsaved_words.check_all_saved(records_request, by=by)
    event = _answer(records_request, Answer.PARTLY, [dataset], by=by)
    _cite(records_request, dataset, by=by)
    called = _called(dataset, records_request)
    _ask_for(records_request, f"{called}: {'; '.join(lines)}", by=by)
    return event


@transaction.atomic
def say_in_letter(records_request: RecordsRequest, *, is_said: bool, by: Attribution) -> None:
    """Whether the letter names the datasets that were looked at."""
    unsaved_words.check_all_saved(records_request, by=by)
    drafting.name_datasets(records_request, is_named=is_said, by=by)


def _answer(
    records_request: RecordsRequest,
    answer: Answer,
    datasets: list[CatalogDataset],
    *,
    by: Attribution,
    portal: CityPortal | None = None,
) -> Event:
    if not datasets and portal is None:
        raise Refused("Choose a dataset.")
    catalog = portal or datasets[0].portal
    data = {
        "judged": answer.value,
        "datasets": [_as_seen(dataset, records_request) for dataset in datasets],
        "datasets_checked": _size(catalog),
        "read_on": _read_on(catalog, records_request, by),
    }
    with drafting.letter_follows(records_request, by=by) as request:
        return record(request, EventKind.CATALOG_CHECKED, Occasion(by, data=data))


def _as_seen(dataset: CatalogDataset, records_request: RecordsRequest) -> dict[str, object]:
    updated = dataset.data_updated_at
    return {
        "id": dataset.pk,
        "identifier": dataset.external_id,
        "title": dataset.title,
        "updated_on": records_request.city.local_date(updated).isoformat() if updated else None,
    }


def _size(portal: CityPortal) -> int:
    index = CatalogIndex.objects.filter(portal=portal).first()
    return index.dataset_count if index else 0


def _read_on(portal: CityPortal, records_request: RecordsRequest, by: Attribution) -> str:
    return records_request.city.local_date(portal.last_complete_at or by.at).isoformat()


def _cite(records_request: RecordsRequest, dataset: CatalogDataset, *, by: Attribution) -> None:
    """With its metadata as seen; one a request, the last one cited."""
    CitedDataset.objects.update_or_create(
        records_request=records_request,
        defaults={"dataset": dataset, "facts": dataset.facts, "cited_at": by.at},
    )


def _called(dataset: CatalogDataset, records_request: RecordsRequest) -> str:
    known = [f"identifier {dataset.external_id}"]
    if dataset.data_updated_at:
        known.append(f"updated {day(records_request.city.local_date(dataset.data_updated_at))}")
    title = " ".join(dataset.title.split())
    return f"what the published dataset “{title}” ({', '.join(known)}) leaves out"


def _check_kind(records_request: RecordsRequest) -> None:
    if records_request.kind not in ASKED_IN:
        raise Refused("Only a request for records or for a dataset can ask for what is missing.")


def _ask_for(records_request: RecordsRequest, line: str, *, by: Attribution) -> None:
    """One line more of what is asked for; a letter that nobody edited follows."""
    name = ASKED_IN[records_request.kind]
    content = drafting.content_of(records_request)
    asked = content.details.particulars
    lines = [*str(asked.get(name, "")).splitlines(), line]
    details = replace(content.details, particulars={**asked, name: "\n".join(lines)})
    drafting.save(records_request, replace(content, details=details), by=by)
