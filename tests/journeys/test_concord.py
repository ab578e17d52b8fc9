"""Concord: an address no source states, a correction's evidence, a review without a limit."""

import pytest

from tests.desk import text_of
from tests.journeys.newsroom import Newsroom
from tests.journeys.reading import acts, attached, letter_in, section
from tests.journeys.steps import (
    begin,
    days_ago,
    decide,
    draft_appeal,
    file_appeal,
    record,
    refused,
    submit,
)

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("journeys")]
ZONE = "America/Los_Angeles"
STEWARD, CLERK = "gis@concord.example", "clerk@concord.example"
EVIDENCE = b"parcel,owner on the portal,owner on the roll\r\n117-040-022,City,Alvarez\r\n"
WHAT = "audits of body-camera retention made since 2024"


def found_at(address: str) -> dict[str, str]:
    """An address that the reporter found out."""
    source = "Call with the front desk, 925 671-3000"
    return {"to": address, "source": source, "checked_on": days_ago(ZONE)}


def test_concord_correction_carries_its_evidence(newsroom: Newsroom):
    rosa = newsroom.reporter
    request = begin(
        rosa,
        city="us-ca/concord",
        kind="correction",
        office_role="dataset_steward",
        subject="Vacant lots: wrong owners",
        dataset_title="Vacant lots",
        dataset_identifier="vacant-lots-2026",
        what_is_wrong="Forty lots sold in spring still show the former owner.",
        suggested_correction="Take the owner from the assessor's roll of July.",
        files={"evidence": ("owners.csv", EVIDENCE, "text/csv")},
    )
    submit(rosa, request, **found_at(STEWARD))
    [mail] = newsroom.desk.mail_to(STEWARD)
    (_, letter), (name, content) = attached(mail)
    assert name == "owners.csv"
    assert content.splitlines() == EVIDENCE.splitlines()
    assert "owners.csv" in letter_in(mail)
    assert "Forty lots sold in spring" in letter_in(mail)
    assert letter.startswith(b"%PDF")


def test_concord_from_an_unknown_address_to_a_review_without_limit(newsroom: Newsroom):
    rosa = newsroom.reporter
    request = begin(
        rosa,
        city="us-ca/concord",
        kind="records",
        office_role="city_clerk",
        subject="Body-camera retention audits",
        what=WHAT,
    )
    page = rosa.get(f"/requests/{request}/submit/?channel=email")
    assert "not specified: ask the City Clerk's office" in text_of(page)
    said = refused(rosa, f"/requests/{request}/submit/", channel="email", to=CLERK)
    assert "required" in said
    submit(rosa, request, **found_at(CLERK))
    known = text_of(rosa.get("/cities/us-ca/concord/"))
    assert f"{CLERK} Call with the front desk, 925 671-3000, checked" in known
    assert "entered by your newsroom" in known

    [mail] = newsroom.desk.mail_to(CLERK)
    letter = letter_in(mail)
    assert "California Public Records Act" in letter
    assert "City Clerk" in letter
    assert WHAT in letter

    page = record(rosa, request, "denied", on=days_ago(ZONE), other_exemption="§ 7922.000")
    review = section(page, "Informal, optional")
    assert "Administrative review by the City Clerk" in review
    assert "Time limit not specified: ask the City Clerk" in review

    appeal = draft_appeal(rosa, request, "administrative_review")
    file_appeal(rosa, appeal, channel="email", to=CLERK)
    request_for_review = newsroom.desk.mail_to(CLERK, count=2)[1]
    assert WHAT in letter_in(request_for_review)
    page = decide(rosa, appeal, on=days_ago(ZONE), outcome="affirmed", text="We stand by it.")
    assert "Petition to the Superior Court, County of Contra Costa" in section(
        page, "Ways to challenge it"
    )
    review = "Administrative review by the City Clerk or the enforcing department"
    assert [words.removesuffix(" Rosa Delgado") for words in acts(page)] == [
        "Drafted for the City Clerk, from the Concord letter.",
        f"Submitted to the City Clerk by e-mail ({CLERK}).",
        "Records request sent by e-mail, taken by localhost. the desk",
        "Concord denied the request, claiming § 7922.000.",
        f"Appeal drafted: {review}.",
        f"Appeal filed by e-mail: {review}.",
        "Appeal sent by e-mail, taken by localhost. the desk",
        f"Appeal decided: affirmed: the city may withhold. {review}.",
    ]
