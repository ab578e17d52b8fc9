"""Concord: a correction with no legal clock, a question to answer, an administrative review."""

from requests_app.actions.requests import city_determinations, city_progress
from requests_app.demo.cast import Cast
from requests_app.demo.storyteller import Begin

CONCORD = "us-ca/concord"
CLERK = "city_clerk"
STEWARD = "dataset_steward"


def tell(cast: Cast, story: Begin) -> None:
    lots = story("housing").begin(
        11,
        city=CONCORD,
        kind="correction",
        office=STEWARD,
        subject="Vacant-lot dataset: wrong owners",
        dataset_identifier="vacant-lots-2026",
        dataset_title="Vacant lots",
        what_is_wrong="Forty lots that were sold in spring still show the former owner.",
        suggested_correction="Take the owner from the assessor's roll of July.",
    )
    lots.submit(10)

    clarity = story("housing").begin(
        9,
        city=CONCORD,
        kind="records",
        office=CLERK,
        subject="Code-enforcement complaints",
        what="complaints about rental housing received by Code Enforcement this year",
    )
    clarity.submit(8).answered(city_progress.acknowledge, 7, "Received.", reference="CR-2026-441")
    clarity.answered(
        city_progress.request_clarification, 5, "Do you mean all complaints, or those closed?"
    )

    informal = story("housing").begin(
        48,
        city=CONCORD,
        kind="records",
        office=CLERK,
        subject="Body-camera retention audits",
        what="audits of body-camera retention made since 2024",
    )
    informal.submit(47).answered(
        city_determinations.find_no_records, 37, "No responsive records were located."
    )
    informal.appeal("administrative_review", 30)
