"""What a person calls each kind of request."""

from cities.schema.offices import RequestKind

NAMES = {
    RequestKind.RECORDS: "Records",
    RequestKind.DATASET: "A dataset",
    RequestKind.CORRECTION: "A correction to a dataset",
    RequestKind.ACCESS: "Access to an API",
}


def name_of_kind(kind: str) -> str:
    return NAMES[RequestKind(kind)]
