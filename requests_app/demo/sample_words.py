"""What the sample letters ask for: with all that can be said, and with the least."""

from typing import Any

from cities.schema.city import RequestKind

SUBJECTS = {
    RequestKind.RECORDS: "Use-of-force reports, 2024 and 2025",
    RequestKind.DATASET: "Building permits since 2015",
    RequestKind.CORRECTION: "Wrong streets in the street tree inventory",
    RequestKind.ACCESS: "Access to the bus positions",
}
FULL: dict[RequestKind, dict[str, Any]] = {
    RequestKind.RECORDS: {
        "what": "every use-of-force report of the Police Department\n"
        "the log or index of those reports\n"
        "the policy on the use of force that was in effect on January 1, 2024",
        "from_on": "2024-01-01",
        "to_on": "2025-12-31",
        "format": "CSV for the log and PDF for the reports",
        "fee_limit": "50",
        "wants_fee_waiver": True,
        "fee_waiver_ground": "We will publish what the records show, free for anyone to read.",
    },
    RequestKind.DATASET: {
        "name_or_topic": "Building permits issued since 2015, one row per permit",
        "purpose": "We are reporting on how long a permit takes, and where.",
        "fields": "permit number\ndate applied for\ndate issued\naddress\nkind of work",
        "format": "CSV",
        "intended_use": "An article, and a public map that credits the city.",
    },
    RequestKind.CORRECTION: {
        "dataset_identifier": "k7rx-29qm",
        "dataset_title": "Street Tree Inventory",
        "what_is_wrong": "Rows 210 to 260 give “Summer Street” for trees on Sumner Street.\n"
        "We compared them with the survey of 2025 and with photographs of the street.",
        "suggested_correction": "Take the street name from the survey of 2025.",
    },
    RequestKind.ACCESS: {
        "dataset": "Positions of the buses in service",
        "purpose": "To measure how punctual the buses are.",
        "intended_use": "A weekly report on each line.",
        "volume": "one call a minute, from one address",
    },
}
LEAST: dict[RequestKind, dict[str, Any]] = {
    RequestKind.RECORDS: {"what": "the log of use-of-force reports for 2025"},
    RequestKind.DATASET: {
        "name_or_topic": "Building permits issued since 2015",
        "purpose": "We are reporting on how long a permit takes.",
    },
    RequestKind.CORRECTION: {
        "dataset_title": "Street Tree Inventory",
        "what_is_wrong": "Rows 210 to 260 name the wrong street.",
    },
    RequestKind.ACCESS: {
        "dataset": "Positions of the buses in service",
        "purpose": "To measure how punctual the buses are.",
    },
}

# What else a request of data may ask for, beside the two above.
ALSO: dict[RequestKind, dict[str, dict[str, Any]]] = {
    RequestKind.DATASET: {
        "publish": LEAST[RequestKind.DATASET] | {"asks_for": "publish"},
        "export": LEAST[RequestKind.DATASET] | {"asks_for": "export"},
        "add_fields": LEAST[RequestKind.DATASET]
        | {"asks_for": "add_fields", "fields": "date applied for\nname of the contractor"},
    },
    RequestKind.CORRECTION: {
        "evidence": LEAST[RequestKind.CORRECTION]
        | {
            "rows_affected": "Rows 210 to 260; the column street_name",
            "evidence_links": "https://example.org/survey\nhttps://example.org/photographs",
        },
    },
    RequestKind.ACCESS: {
        asked: LEAST[RequestKind.ACCESS] | {"asks_for": asked}
        for asked in ("api_key", "restricted", "higher_limit")
    },
}
