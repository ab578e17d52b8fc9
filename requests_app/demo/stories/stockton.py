"""Stockton: the steward first, then the Clerk; an extension; a request that ended well."""

from requests_app.actions.requests import city_determinations, city_progress, ending
from requests_app.demo.cast import Cast
from requests_app.demo.storyteller import Begin

STOCKTON = "us-ca/stockton"
CLERK = "city_clerk"
STEWARD = "dataset_steward"


def tell(cast: Cast, story: Begin) -> None:
    steward = story("data").begin(
        40,
        city=STOCKTON,
        kind="dataset",
        office=STEWARD,
        subject="Shots-fired calls, by block",
        name_or_topic="Calls for service about shots fired",
        purpose="To compare response times across districts",
        fields="time, block, district, disposition",
        format="CSV",
        intended_use="A map, with addresses rounded to the block",
    )
    steward.submit(39).answered(
        city_determinations.refer,
        33,
        "The calls are not published; the City Clerk takes requests for them.",
        to="City Clerk",
    )

    calls = story("data").begin(
        32,
        city=STOCKTON,
        kind="records",
        office=CLERK,
        subject="Shots-fired calls, 2025",
        what="calls for service coded as shots fired: time, block, district and disposition",
        from_on="2025-01-01",
        to_on="2025-12-31",
        format="CSV",
    )
    calls.submit(31).answered(
        city_progress.extend, 23, "We need 14 more days to compile the data.", ground="compile data"
    )
    calls.answered(
        city_determinations.grant_in_part,
        9,
        "Enclosed, with some fields redacted.",
        exemptions=["Gov. Code § 7923.600"],
    )

    lease = story("data").begin(
        75,
        city=STOCKTON,
        kind="records",
        office=CLERK,
        subject="Waterfront lease negotiations",
        what="correspondence about the lease of the waterfront towers since January",
    )
    lease.submit(74).answered(city_determinations.grant, 64, "The records are enclosed.")
    ending.close(lease.request, on=lease.day(60), note="Published June story.", **lease.when(60))
