"""Portland: an acknowledgement, fees that stop the clock, a petition won, a request that lapsed."""

from decimal import Decimal

from requests_app.actions.requests import appeals, city_determinations, city_progress, ending
from requests_app.demo.cast import Cast
from requests_app.demo.storyteller import Begin
from requests_app.models import AppealOutcome

PORTLAND = "us-or/portland"
CUSTODIAN = "records_custodian"


def tell(cast: Cast, story: Begin) -> None:
    inspections = story("housing").begin(
        34,
        city=PORTLAND,
        kind="records",
        office=CUSTODIAN,
        subject="Short-term rental inspections",
        what="inspection reports of short-term rentals since January 2025",
    )
    inspections.submit(33).answered(
        city_progress.acknowledge, 30, "The City is the custodian.", reference="R-2026-80112"
    )

    sweeps = story("housing").begin(
        21,
        city=PORTLAND,
        kind="records",
        office=CUSTODIAN,
        subject="Encampment sweep contracts",
        what="contracts and invoices for encampment removals since July",
    )
    sweeps.submit(20).answered(city_progress.acknowledge, 17, "The City is the custodian.")
    sweeps.answered(
        city_progress.estimate_fees, 11, "We estimate $180.00.", amount=Decimal("180.00")
    )

    calendar = story("housing").begin(
        6,
        city=PORTLAND,
        kind="records",
        office="elected_official",
        subject="The Mayor's calendar",
        what="the Mayor's calendar of meetings with developers in 2026",
    )
    calendar.submit(5)

    texts = story("housing").begin(
        70,
        city=PORTLAND,
        kind="records",
        office=CUSTODIAN,
        subject="Text messages about the bridge closure",
        what="text messages between bureau directors about the bridge closure",
    )
    texts.submit(69).answered(city_progress.acknowledge, 66, "The City is the custodian.")
    texts.answered(
        city_determinations.deny,
        55,
        "Exempt as internal advisory communications.",
        exemptions=["ORS 192.355(1)"],
    )
    petition = texts.appeal("district_attorney", 45)
    appeals.decide(
        petition, appeals.Decision(texts.day(37), AppealOutcome.REVERSED), **texts.when(37)
    )
    texts.answered(city_determinations.grant, 31, "Enclosed, as ordered.")

    paper = story("housing").begin(
        100,
        city=PORTLAND,
        kind="records",
        office=CUSTODIAN,
        subject="Paper permits of the 1980s",
        what="permits for the block bounded by NW 10th and Everett, 1980 to 1989",
    )
    paper.submit(99).answered(
        city_progress.estimate_fees, 90, "We estimate $620.00.", amount=Decimal("620.00")
    )
    ending.lapse(
        paper.request,
        on=paper.day(20),
        note="We did not pay; the City closed it.",
        **paper.when(20),
    )
