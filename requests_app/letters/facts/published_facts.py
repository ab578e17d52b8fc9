"""What a request's letter says of the published datasets that were looked at before it was written.

Only where its writer wants it said, and only what its ledger has.
"""

from requests_app.letters.facts.fact import LEDGER, Facts, stated
from requests_app.models import RecordsRequest
from requests_app.policy.checked_datasets import (
    Answer,
    CheckedCatalog,
    CheckedDataset,
    checked_catalog,
)
from requests_app.vocabulary.dates_and_amounts import day, listed


def of(records_request: RecordsRequest) -> Facts:
    if not records_request.letter_names_datasets:
        return {}
    catalog, city = checked_catalog(records_request), records_request.city.name
    return stated(LEDGER, published_line=sentences(catalog, city=city))


def sentences(catalog: CheckedCatalog, *, city: str) -> str:
    """Empty where nobody looked at anything."""
    without, partly = catalog.said(Answer.NOT_IT), catalog.said(Answer.PARTLY)
    said = []
    if len(without) == 1:
        said.append(f"the dataset {_named(without)}; it does not have these records.")
    elif without:
        said.append(f"the datasets {_named(without)}; none has these records.")
    elif catalog.found_none_on and not partly:
        on = day(catalog.found_none_on)
        said.append(f"the list of datasets as it stood on {on}; none has these records.")
    if partly:
        has = "has" if len(partly) == 1 else "have"
        said.append(f"{_named(partly)}, which {has} only part of what we ask for.")
    before = f"Before writing we looked at what the City of {city} publishes: "
    return " ".join(
        f"{before if not number else 'We also looked at '}{one}" for number, one in enumerate(said)
    )


def _named(datasets: tuple[CheckedDataset, ...]) -> str:
    return listed([_one(dataset) for dataset in datasets])


def _one(dataset: CheckedDataset) -> str:
    title = " ".join(dataset.title.split())
    return f"“{title}” (updated {day(dataset.updated_on)})" if dataset.updated_on else f"“{title}”"
