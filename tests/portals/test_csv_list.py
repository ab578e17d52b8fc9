"""A list of datasets kept in a spreadsheet."""

from datetime import UTC, datetime

import pytest

from cities.portals.csv_list import HEADINGS, CsvFaultsError, datasets_of_csv
from cities.portals.dataset_record import Column, DatasetRecord


def test_a_row_becomes_a_dataset() -> None:
    text = (
        "\ufeffTitle,Identifier,URL,Steward,License,Updated,Cadence,Keywords,Columns,Contact\r\n"
        '"Permits, all",p-1,https://x.example/p,Planning,CC0,2026-11-01,Monthly,a;b,'
        '"Number (text); Opened",p@x.example\r\n'
        ",,,,,,,,,\r\n"
    )

    assert datasets_of_csv(text.encode()) == [
        DatasetRecord(
            external_id="p-1",
            title="Permits, all",
            landing_url="https://x.example/p",
            steward="Planning",
            contact_email="p@x.example",
            license_text="CC0",
            license_spdx="CC0-1.0",
            cadence_text="Monthly",
            cadence_iso="P1M",
            keywords=("a", "b"),
            data_updated_at=datetime(2026, 11, 1, tzinfo=UTC),
            columns=(Column("Number", type="text"), Column("Opened")),
        )
    ]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (b"", ["Row 1, identifier: is missing.", "Row 1, title: is missing."]),
        (b"identifier,title\n", ["The file: There is no dataset below the headings."]),
        (
            b"identifier,title,titel\n1,a,b\n",
            [f"Row 1, titel: is no heading of this list; there are {', '.join(HEADINGS)}."],
        ),
        (b"identifier,title,title\n", ["Row 1, title: stands twice."]),
        (
            b"identifier,title,url,updated\n1,a,ftp://x,soon\n,b\n1,c\n",
            [
                "Row 2, url: “ftp://x” is no address: write https://….",
                "Row 2, updated: “soon” is no day: write it as 2026-11-22.",
                "Row 3, identifier: is empty.",
                "Row 4, identifier: “1” is in row 2 already.",
            ],
        ),
        (b"identifier,title\n1,a,b\n", ["Row 2: holds more cells than there are headings."]),
        (
            b"identifier,title,access,contact\n1,a,secret,nobody\n",
            ["Row 2, contact: “nobody” is no e-mail address.",
             "Row 2, access: “secret” is none of public, restricted public, non-public."],
        ),
        (
            "identifier,title\n1,Öl\n".encode("latin-1"),
            ["The file: It is not written in UTF-8: save it from the spreadsheet as “CSV UTF-8”."],
        ),
        (b'identifier,title\n1,"a\n', ["Row 2: It is no CSV: unexpected end of data."]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_row_and_column(content: bytes, faults: list[str]) -> None:
    with pytest.raises(CsvFaultsError) as error:
        datasets_of_csv(content)

    assert [str(fault) for fault in error.value.faults] == faults
