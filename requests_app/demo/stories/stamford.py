"""Stamford: an answer that is late, a denial with its window open, an appeal at the Commission, and
a draft for records that are the school board's.
"""

from requests_app.actions.requests import city_determinations, city_progress, silence
from requests_app.demo.cast import Cast
from requests_app.demo.storyteller import Begin

STAMFORD = "us-ct/stamford"
CLERK = "city_clerk"
STEWARD = "dataset_steward"


def tell(cast: Cast, story: Begin) -> None:
    late = story("metro").begin(
        16,
        city=STAMFORD,
        kind="records",
        office=CLERK,
        subject="Use-of-force reports, 2024–25",
        what="every use-of-force report completed by the Police Department, with its attachments\n"
        "the log or index from which those reports can be counted by month and by type of force",
        from_on="2024-01-01",
        to_on="2025-12-31",
        format="PDF, and CSV for what is kept as data",
        fee_limit="50.00",
        wants_fee_waiver=True,
        fee_waiver_ground="The records show how force is used and reviewed in the city",
    )
    late.submit(13)

    contract = story("metro").begin(
        27,
        city=STAMFORD,
        kind="records",
        office=CLERK,
        subject="Chief of staff contract drafts",
        what="every draft of the contract of the Mayor's chief of staff",
    )
    contract.submit(26).answered(
        city_progress.acknowledge, 25, "We have your request.", reference="FOI-26-118"
    )
    contract.answered(
        city_determinations.deny,
        22,
        "Preliminary drafts are exempt from disclosure.",
        exemptions=["§ 1-210(b)(1)"],
    )

    towing = story("metro").begin(
        90,
        city=STAMFORD,
        kind="records",
        office="police_records",
        subject="Towing contracts and invoices",
        what="the towing contracts in force since 2023, and the invoices paid under them",
    )
    towing.submit(88)
    silence.treat_as_denial(towing.request, on=towing.day(70), **towing.when(70))
    towing.appeal("foic", 68)

    story("metro").begin(
        2,
        city=STAMFORD,
        kind="dataset",
        office=STEWARD,
        subject="Building permits as a dataset",
        name_or_topic="Building permits, with issue date, address and valuation",
        purpose="To report how long permits take, neighborhood by neighborhood",
        fields="permit number, issue date, address, valuation, status",
        format="CSV",
        intended_use="Published charts with a link to the source",
    )

    # Not the city's records: the draft's page says so before anybody files it.
    story("metro").begin(
        1,
        city=STAMFORD,
        kind="records",
        office=CLERK,
        subject="Superintendent contract drafts",
        what="every draft of the superintendent's contract exchanged with the Board of Education",
    )
