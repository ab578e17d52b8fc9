"""Two days of a record told as sentences."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cities.portals.dataset_record import Column, DatasetRecord, Distribution
from requests_app.catalog.differences import NEWS, differences, sentences

BEFORE = DatasetRecord(
    external_id="abcd-1234",
    title="Building permits",
    description="Permits issued.",
    steward="Planning",
    publisher="City",
    license_text="CC BY 4.0",
    access_level="public",
    cadence_text="Daily",
    themes=("Housing",),
    data_updated_at=datetime(2026, 11, 1, tzinfo=UTC),
    issued_on=date(2020, 1, 1),
    columns=(Column("id", type="number"), Column("owner", type="text"), Column("fee")),
    distributions=(Distribution("CSV", "https://x.example/a.csv", "file", "CSV"),),
    row_count=1200,
)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ()),
        ({"license_text": ""}, ("License changed from “CC BY 4.0” to not stated.",)),
        ({"steward": "Housing"}, ("Steward changed from “Planning” to “Housing”.",)),
        ({"cadence_text": "Yearly"}, ("Cadence changed from “Daily” to “Yearly”.",)),
        (  # told once, though two fields say it
            {"cadence_text": "Yearly", "cadence_iso": "P1Y"},
            ("Cadence changed from “Daily” to “Yearly”.",),
        ),
        ({"cadence_iso": "P1D"}, ("Cadence changed from not stated to “P1D”.",)),
        ({"row_count": 900}, ("Rows changed from 1,200 to 900: 300 fewer.",)),
        ({"row_count": 1201}, ("Rows changed from 1,200 to 1,201: 1 more.",)),
        ({"row_count": None}, ("Rows changed from 1,200 to not stated.",)),
        ({"row_count": 0}, ("Rows changed from 1,200 to 0: 1,200 fewer.",)),
        ({"columns": BEFORE.columns[:1]}, ("2 columns gone: “owner” and “fee”.",)),
        (
            {"columns": (*BEFORE.columns, Column("zip"))},
            ("1 column new: “zip”.",),
        ),
        (
            {"columns": ()},
            ("Columns are no longer stated: 3 columns (“id”, “owner” and “fee”).",),
        ),
        (
            {"columns": (Column("id", type="text"), *BEFORE.columns[1:])},
            ("Type of column “id” changed from “number” to “text”.",),
        ),
        (
            {"columns": (*BEFORE.columns[:2], Column("fee", description="In dollars"))},
            ("1 column described otherwise: “fee”.",),
        ),
        ({"columns": BEFORE.columns[::-1]}, ("The columns stand in another order.",)),
        (
            {"data_updated_at": datetime(2026, 11, 8, tzinfo=UTC)},
            ("Data last updated: November 1, 2026, now November 8, 2026.",),
        ),
        ({"issued_on": None}, ("First published: January 1, 2020, now not stated.",)),
        ({"description": "Otherwise."}, ("The description was rewritten.",)),
        ({"description": ""}, ("The description is no longer stated.",)),
        (
            {"themes": ("Housing", "Fees")},
            ("Themes changed from “Housing” to “Housing” and “Fees”.",),
        ),
        ({"distributions": ()}, ("1 link to the data gone: CSV.",)),
    ],
)
def test_a_difference_is_a_sentence(changed: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert sentences(BEFORE, replace(BEFORE, **changed)) == expected


def test_of_many_columns_a_few_are_named() -> None:
    many = tuple(Column(f"c{number}") for number in range(9))

    [told] = sentences(replace(BEFORE, columns=many[:1]), replace(BEFORE, columns=many))

    assert told == "8 columns new: “c1”, “c2”, “c3”, “c4”, “c5”, “c6” and 2 more."


def test_what_a_follower_is_told_of_comes_first() -> None:
    after = replace(
        BEFORE, description="Otherwise.", license_text="", row_count=7, themes=(), title="Permits"
    )

    told = differences(BEFORE, after)

    assert [one.field for one in told] == [
        "title", "license_text", "row_count", "description", "themes",
    ]  # fmt: skip
    assert [one.is_news for one in told] == [True, True, True, False, False]


def test_every_field_of_a_record_is_told_of() -> None:
    """A field that is added to the record and forgotten here would change without a word."""
    other: dict[str, Any] = {
        "data_updated_at": datetime(2026, 1, 1, tzinfo=UTC),
        "metadata_updated_at": datetime(2026, 1, 1, tzinfo=UTC),
        "issued_on": date(2026, 1, 1),
        "themes": ("x",),
        "keywords": ("x",),
        "columns": (),
        "distributions": (),
        "row_count": 1,
    }
    for name in DatasetRecord.__slots__:
        after = replace(BEFORE, **{name: other.get(name, "something else")})
        assert [one.field for one in differences(BEFORE, after)] == [name]


def test_news_are_fields_of_a_record_or_marks_of_the_catalog() -> None:
    assert NEWS - set(DatasetRecord.__slots__) == {"withdrawn", "returned"}
