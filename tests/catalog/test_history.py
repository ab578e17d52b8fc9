"""Versions folded into days, and what each reading found."""

from datetime import UTC, datetime, timedelta
from typing import Any

from cities.portals.dataset_record import DatasetRecord
from requests_app.catalog.history import days_of, is_news
from requests_app.models import DatasetVersion

FIRST = DatasetRecord("1", "Permits", license_text="CC BY 4.0", row_count=10).to_json()
DAY = datetime(2026, 11, 1, tzinfo=UTC)


def version(number: int, changed: list[str], **facts: Any) -> DatasetVersion:
    return DatasetVersion(seen_at=DAY + timedelta(days=number), changed=changed, facts=facts)


def test_each_day_is_the_whole_record_and_what_changed_on_it() -> None:
    days = days_of(
        [
            version(0, list(FIRST), **FIRST),
            version(3, ["license_text"], license_text=""),
            version(5, ["withdrawn"]),
            version(9, ["returned", "row_count"], row_count=8),
        ]
    )

    assert [day.sentences for day in days] == [
        ("First seen in the catalog.",),
        ("License changed from “CC BY 4.0” to not stated.",),
        ("Withdrawn: it is no longer in the city’s catalog.",),
        (
            "Returned: it is in the city’s catalog again.",
            "Rows changed from 10 to 8: 2 fewer.",
        ),
    ]
    assert [day.is_withdrawn for day in days] == [False, False, True, False]
    assert [day.record.license_text for day in days] == ["CC BY 4.0", "", "", ""]
    assert days[-1].record == DatasetRecord("1", "Permits", row_count=8)


def test_one_reading_is_one_day_though_it_left_two_versions() -> None:
    days = days_of(
        [
            version(0, list(FIRST), **FIRST),
            version(3, ["row_count"], row_count=8),
            version(3, ["license_text"], license_text=""),
        ]
    )

    assert [day.sentences for day in days[1:]] == [
        (
            "License changed from “CC BY 4.0” to not stated.",
            "Rows changed from 10 to 8: 2 fewer.",
        )
    ]


def test_a_follower_is_not_told_of_every_edit() -> None:
    assert not is_news(version(1, ["data_updated_at", "description"]))
    assert is_news(version(1, ["data_updated_at", "row_count"]))
    assert is_news(version(1, ["withdrawn"]))
