"""What can come of a request for data, in words."""

from enum import StrEnum

from cities.schema.offices import RequestKind


class CheckedChange(StrEnum):
    """What a person says of a dataset that changed after its correction was asked for."""

    FIXED = "fixed"
    NOT_FIXED = "not_fixed"
    PARTLY = "partly"


class DataOutcome(StrEnum):
    """What the city did, where it did what was asked. Kept in the data of the event `granted`."""

    PUBLISHED = "published"
    EXPORTED = "exported"
    FIELDS_ADDED = "fields_added"
    CORRECTED = "corrected"
    ACCESS_GIVEN = "access_given"


SENTENCES = {
    DataOutcome.PUBLISHED: "published the data",
    DataOutcome.EXPORTED: "sent an export of the data",
    DataOutcome.FIELDS_ADDED: "added the fields",
    DataOutcome.CORRECTED: "corrected the dataset at our request",
    DataOutcome.ACCESS_GIVEN: "gave access to the data",
}
POSSIBLE = {
    RequestKind.DATASET: (
        DataOutcome.PUBLISHED,
        DataOutcome.EXPORTED,
        DataOutcome.FIELDS_ADDED,
    ),
    RequestKind.CORRECTION: (DataOutcome.CORRECTED,),
    RequestKind.ACCESS: (DataOutcome.ACCESS_GIVEN,),
}


def outcomes_of(kind: str) -> list[tuple[str, str]]:
    """The choices of a form that records what the city did; none for a records request."""
    possible = POSSIBLE.get(RequestKind(kind), ())
    return [(one.value, SENTENCES[one].capitalize()) for one in possible]
