"""What each kind asks for: read back as it was kept, and refused with a sentence."""

from datetime import date
from decimal import Decimal

import pytest

from cities.schema.city import RequestKind
from requests_app.particulars import BY_KIND, ParticularsError, Records, read


def test_every_kind_has_particulars() -> None:
    assert set(BY_KIND) == set(RequestKind)


def test_records_are_read_from_a_form() -> None:
    raw = {
        "what": " the log\r\nthe index\x00 ",
        "from_on": "2024-01-01",
        "to_on": "",
        "fee_limit": "50.5",
        "wants_fee_waiver": "on",
    }
    asked = read("records", raw)
    assert asked == Records(
        what="the log\nthe index",
        from_on=date(2024, 1, 1),
        fee_limit=Decimal("50.5"),
        wants_fee_waiver=True,
    )
    assert read("records", asked.to_json()) == asked


@pytest.mark.parametrize(
    ("kind", "raw", "field", "sentence"),
    [
        ("records", {}, "what", "Say what: the letter cannot be written without it."),
        ("dataset", {"name_or_topic": "x", "purpose": " "}, "purpose", "Say purpose"),
        ("records", {"what": "x", "wat": "y"}, "wat", "Leave wat out"),
        ("records", {"what": "x", "fee_limit": "-1"}, "fee_limit", "Correct fee limit"),
        (
            "dataset",
            {"name_or_topic": "x", "purpose": "y", "asks_for": "add_fields"},
            "",
            "Name the fields to be added, one a line.",
        ),
        (
            "dataset",
            {"name_or_topic": "x", "purpose": "y", "asks_for": "api_key"},
            "asks_for",
            "Choose asks for from the list.",
        ),
        (
            "correction",
            {"dataset_title": "x", "what_is_wrong": "y", "evidence_links": "see the attic"},
            "",
            "“see the attic” is no link: write each link on a line of its own, from https:// on.",
        ),
        ("access", {"dataset": "x" * 501, "purpose": "y"}, "dataset", "it may have 500 characters"),
        (
            "records",
            {"what": "x", "from_on": "2025-02-01", "to_on": "2025-01-01"},
            "",
            "The period ends before it begins",
        ),
    ],
)
def test_fault_is_a_sentence_at_its_field(
    kind: str, raw: dict[str, str], field: str, sentence: str
) -> None:
    with pytest.raises(ParticularsError) as refused:
        read(kind, raw)
    assert sentence in refused.value.errors[field]
    assert sentence in str(refused.value)
