"""What a form for a request of data begins with, where it is about a dataset of the catalog."""

from typing import Any

from cities.portals.dataset_record import DatasetRecord
from cities.schema.city import RequestKind
from requests_app.models import CatalogDataset

# The question of each kind's form that the dataset's title answers.
TITLE_ANSWERS = {
    RequestKind.DATASET: "name_or_topic",
    RequestKind.CORRECTION: "dataset_title",
    RequestKind.ACCESS: "dataset",
}
SUBJECTS = {
    RequestKind.DATASET: "Data of “{}”",
    RequestKind.CORRECTION: "Correction of “{}”",
    RequestKind.ACCESS: "Access to “{}”",
    RequestKind.RECORDS: "Records behind “{}”",
}
LONGEST = 300  # a title on a form
LONGEST_SUBJECT = 200


def first_answers(dataset: CatalogDataset, kind: RequestKind) -> dict[str, Any]:
    """By the names of the kind's form."""
    record, answers = dataset.record, dict[str, Any]()
    if kind in TITLE_ANSWERS:
        answers[TITLE_ANSWERS[kind]] = record.title[:LONGEST]
    if kind is RequestKind.CORRECTION:
        answers["dataset_identifier"] = record.external_id[:200]
    if kind is RequestKind.DATASET:
        answers["asks_for"] = "publish" if dataset.withdrawn_at else "add_fields"
    return answers


def first_subject(record: DatasetRecord, kind: RequestKind) -> str:
    room = LONGEST_SUBJECT - len(SUBJECTS[kind].format(""))
    return SUBJECTS[kind].format(record.title[:room])
