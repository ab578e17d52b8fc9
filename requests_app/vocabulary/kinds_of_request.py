"""What a person calls each kind of request, and what one of data can ask for."""

from cities.schema.offices import RequestKind

NAMES = {
    RequestKind.RECORDS: "Records",
    RequestKind.DATASET: "A dataset",
    RequestKind.CORRECTION: "A correction to a dataset",
    RequestKind.ACCESS: "Access to data",
}

OF_DATA = (RequestKind.DATASET, RequestKind.CORRECTION, RequestKind.ACCESS)
ASKED_OF_DATA = {
    RequestKind.DATASET: [
        ("publish", "Publish a dataset"),
        ("export", "Send us an export"),
        ("add_fields", "Add fields to a published dataset"),
    ],
    RequestKind.ACCESS: [
        ("api_key", "A key to an API"),
        ("restricted", "A dataset that is not open to all"),
        ("higher_limit", "A higher limit"),
    ],
}


def name_of_kind(kind: str) -> str:
    return NAMES[RequestKind(kind)]
