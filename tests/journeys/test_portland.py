"""Portland: a statutory acknowledgement, a fee that stops the clock, the district attorney."""

import re

import pytest

from tests.desk import text_of
from tests.journeys.newsroom import Newsroom
from tests.journeys.reading import acts, attached, offices, pdf_text, section
from tests.journeys.steps import (
    begin,
    days_ago,
    decide,
    draft_appeal,
    file_appeal,
    record,
    submit,
)

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("journeys")]
ZONE = "America/Los_Angeles"
DISTRICT_ATTORNEY = "DA@mcda.us"


def test_portland_from_draft_to_a_district_attorneys_order(newsroom: Newsroom):
    rosa = newsroom.reporter
    form = rosa.get("/requests/new/", params={"city": "us-or/portland", "kind": "records"})
    assert offices(form)[0].startswith("Portland Public Records Request Center")

    request = begin(
        rosa,
        city="us-or/portland",
        kind="records",
        office_role="records_custodian",
        subject="Sweeps contractor invoices",
        what="contracts and invoices for encampment removals",
        from_on="2026-07-01",
        to_on="2026-10-31",
    )
    page = submit(
        rosa, request, channel="portal", handed_over_on=days_ago(ZONE, 8), confirmation="W-004411"
    )
    shown = text_of(page)
    assert "to acknowledge" in shown
    assert "ORS 192.324(2)" in shown
    assert "Five business days after the written request is received" in shown

    letter = rosa.get(re.findall(r"/letters/\d+\.pdf", page.text)[0])
    paper = pdf_text(letter.content)
    assert "ORS 192.311 to 192.478" in paper
    assert "Portland Public Records Request Center" in paper
    assert "contracts and invoices for encampment removals" in paper

    page = record(rosa, request, "acknowledged", on=days_ago(ZONE, 7), text="We hold these.")
    assert "done" in section(page, "Other clocks")

    page = record(rosa, request, "fees-estimated", on=days_ago(ZONE, 6), amount="180.00")
    assert "to answer · ORS 192.329" in (others := section(page, "Other clocks"))
    assert re.search(r"tolled to answer", others)
    page = record(rosa, request, "fees-paid", on=days_ago(ZONE, 2), note="Check 1182.")
    assert "ORS 192.329" in (clock := section(page, "Clock"))
    assert re.search("fee not yet paid|added for a day suspended", clock)

    page = record(
        rosa,
        request,
        "denied",
        on=days_ago(ZONE, 1),
        exemptions="ORS 192.355(1)",
        text="Exempt as internal advisory communications.",
    )
    assert "Petition to the Multnomah County District Attorney" in section(
        page, "Ways to challenge it"
    )

    appeal = draft_appeal(rosa, request, "district_attorney")
    file_appeal(rosa, appeal)
    [mail] = newsroom.desk.mail_to(DISTRICT_ATTORNEY)
    [(name, content)] = attached(mail)
    petition = pdf_text(content)
    assert name.endswith(".pdf")
    assert "Multnomah County District Attorney" in petition
    assert "ORS 192.411" in petition
    assert "ORS 192.355(1)" in petition
    assert "contracts and invoices for encampment removals" in petition
    assert "ORS 192.411(1)" in section(rosa.get(appeal), "Clock")

    page = decide(
        rosa, appeal, on=days_ago(ZONE), outcome="reversed", text="The City is ordered to disclose."
    )
    assert "to comply with the decision" in text_of(page)
    record(rosa, request, "granted", on=days_ago(ZONE), text="Enclosed, as ordered.")
    page = record(rosa, request, "closed", on=days_ago(ZONE), note="Published.")
    assert "closed" in text_of(page)

    assert [words.removesuffix(" Rosa Delgado") for words in acts(page)] == [
        (
            "Submitted to the Portland Public Records Request Center through the web portal "
            "(https://portlandor.govqa.us/WEBAPP/_rs/supporthome.aspx)."
        ),
        "Records request sent through the web portal, confirmation W-004411.",
        "Portland acknowledged the request.",
        "Portland estimated fees: $180.00.",
        "The fees were paid: $180.00.",
        "Portland denied the request, claiming ORS 192.355(1).",
        "Drafted for the Portland Public Records Request Center, from the Portland letter.",
        "Appeal drafted: Petition to the Multnomah County District Attorney.",
        "Appeal filed by e-mail: Petition to the Multnomah County District Attorney.",
        "Appeal sent by e-mail, taken by localhost. the desk",
        (
            "Appeal decided: reversed: the records must be given. "
            "Petition to the Multnomah County District Attorney."
        ),
        "Portland gave the records.",
        "Closed.",
    ]
