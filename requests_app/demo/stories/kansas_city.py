"""Kansas City: a fee to answer, a complaint dismissed, a suit."""

from decimal import Decimal

from requests_app.actions.requests import appeals, city_determinations, city_progress
from requests_app.demo.cast import Cast
from requests_app.demo.storyteller import Begin
from requests_app.models import AppealOutcome

KANSAS_CITY = "us-mo/kansas-city"
CUSTODIAN = "records_custodian"


def tell(cast: Cast, story: Begin) -> None:
    overtime = story("data").begin(
        2,
        city=KANSAS_CITY,
        kind="records",
        office=CUSTODIAN,
        subject="Fire overtime ledger",
        what="overtime paid to each fire station by pay period",
        from_on="2025-07-01",
        to_on="2026-06-30",
        format="CSV",
        fee_limit="100.00",
    )
    overtime.submit(1)

    rentals = story("data").begin(
        30,
        city=KANSAS_CITY,
        kind="records",
        office=CUSTODIAN,
        subject="Short-term rental permits, 2025",
        what="all building permits issued for short-term rentals in 2025, with the address, the "
        "applicant and the date of inspection",
    )
    rentals.submit(29).answered(
        city_progress.estimate_fees,
        20,
        "Research and duplication will come to $400.00.",
        amount=Decimal("400.00"),
    )

    towers = story("data").begin(
        140,
        city=KANSAS_CITY,
        kind="records",
        office=CUSTODIAN,
        subject="Stadium lease memoranda",
        what="memoranda about the stadium lease sent to the Council since January",
    )
    towers.submit(138).answered(
        city_determinations.deny,
        133,
        "Closed under the litigation exemption.",
        exemptions=["§ 610.021(1)"],
    )
    complaint = towers.appeal("attorney_general", 120)
    appeals.decide(
        complaint, appeals.Decision(towers.day(60), AppealOutcome.DISMISSED), **towers.when(60)
    )
    towers.appeal("circuit_court", 40)

    story("data").begin(
        1,
        city=KANSAS_CITY,
        kind="access",
        office="portal_admin",
        subject="API access to 311 calls",
        dataset="311 service requests",
        purpose="To follow response times by council district",
        intended_use="A nightly chart",
        volume="about 300 requests a night",
    )
