"""What a person says of the datasets that may already answer a draft. Nothing stops a filing."""

from collections.abc import Iterable

from django.db import transaction

from requests_app.actions.catalog import citing
from requests_app.actions.drafts import discarding, unsaved_words
from requests_app.actions.errors import Refused
from requests_app.actions.requests import drafting
from requests_app.actions.requests.drafting import RequestDetails
from requests_app.actions.transitions import lock, record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import (
    CatalogDataset,
    CatalogIndex,
    CityPortal,
    Event,
    EventKind,
    RecordsRequest,
)
from requests_app.policy.checked_datasets import Answer

# Which of a kind's particulars says what is asked for, line by line.
ASKED_IN = {"records": "what", "dataset": "fields"}


@transaction.atomic
def not_it(
    records_request: RecordsRequest, datasets: Iterable[CatalogDataset], *, by: Attribution
) -> Event:
    """None of these has what is asked for."""
    with drafting.letter_follows(records_request, by=by) as request:
        return _record(request, Answer.NOT_IT, list(datasets), by=by)


@transaction.atomic
def skip(
    records_request: RecordsRequest, datasets: Iterable[CatalogDataset], *, by: Attribution
) -> Event:
    """They were suggested, and nobody looked."""
    with drafting.letter_follows(records_request, by=by) as request:
        return _record(request, Answer.SKIPPED, list(datasets), by=by)


@transaction.atomic
def none_found(records_request: RecordsRequest, portal: CityPortal, *, by: Attribution) -> Event:
    """Nothing in the catalog comes near it."""
    with drafting.letter_follows(records_request, by=by) as request:
        return _record(request, Answer.NONE_FOUND, [], by=by, portal=portal)


@transaction.atomic
def answers(records_request: RecordsRequest, dataset: CatalogDataset, *, by: Attribution) -> Event:
    """It has what is asked for: the draft is discarded as it stands, and can be brought back."""
    event = _record(lock(records_request), Answer.ANSWERS, [dataset], by=by)
    citing.cite(records_request, dataset, at=by.at)
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
    if records_request.kind not in ASKED_IN:
        raise Refused("Only a request for records or for a dataset can ask for what is missing.")
    unsaved_words.check_all_saved(records_request, by=by)
    with drafting.letter_follows(records_request, by=by) as request:
        event = _record(request, Answer.PARTLY, [dataset], by=by)
        citing.cite(request, dataset, at=by.at)
        title = " ".join(dataset.title.split())
        rest = f"what the published dataset “{title}” leaves out: {'; '.join(lines)}"
        drafting.describe(request, _asking_for(request, rest))
    return event


@transaction.atomic
def say_in_letter(records_request: RecordsRequest, *, is_said: bool, by: Attribution) -> None:
    """Whether the letter names the datasets that were looked at."""
    unsaved_words.check_all_saved(records_request, by=by)
    drafting.name_datasets(records_request, is_named=is_said, by=by)


def _record(
    request: RecordsRequest,
    answer: Answer,
    datasets: list[CatalogDataset],
    *,
    by: Attribution,
    portal: CityPortal | None = None,
) -> Event:
    catalog = portal or next((dataset.portal for dataset in datasets), None)
    if catalog is None:
        raise Refused("Choose a dataset.")
    data = {
        "judged": answer.value,
        "datasets": [_as_seen(dataset, request) for dataset in datasets],
        "datasets_checked": _size(catalog),
        "read_on": request.city.local_date(catalog.last_complete_at or by.at).isoformat(),
    }
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


def _asking_for(request: RecordsRequest, line: str) -> RequestDetails:
    """The draft's details with one line more of what is asked for."""
    name = ASKED_IN[request.kind]
    asked = [*str(request.particulars.get(name, "")).splitlines(), line]
    particulars = {**request.particulars, name: "\n".join(asked)}
    return RequestDetails(request.office_role, request.subject, particulars, request.track)
