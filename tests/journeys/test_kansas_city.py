"""Kansas City: the Code's own custodian, a review before filing, the Attorney General."""

from collections.abc import Iterator

import pytest

from tests.desk import text_of
from tests.journeys.newsroom import ADDRESS, NAME, Newsroom
from tests.journeys.reading import acts, letter_in, offices, section
from tests.journeys.steps import (
    begin,
    days_ago,
    decide,
    draft_appeal,
    file_appeal,
    record,
    refused,
    request_page,
    submit,
)

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("journeys")]
ZONE = "America/Chicago"
CUSTODIAN = "custodian@kansascity.example"
ATTORNEY_GENERAL = "sunshine@ago.example"
WHAT = "memoranda about the stadium lease sent to the Council"


def set_review(newsroom: Newsroom, *, is_on: bool) -> None:
    switch = {"reviews_before_filing": "on"} if is_on else {}
    page = newsroom.admin.fill(
        "/settings/",
        name=NAME,
        address=ADDRESS,
        email="desk@courier.example",
        recall_minutes="0",
        largest_file_mb="2000",
        **switch,
    )
    assert "Saved." in text_of(page)


@pytest.fixture
def reviewing(newsroom: Newsroom) -> Iterator[Newsroom]:
    set_review(newsroom, is_on=True)
    yield newsroom
    set_review(newsroom, is_on=False)


def test_kansas_city_from_a_review_to_the_attorney_general(reviewing: Newsroom):
    newsroom = reviewing
    rosa, grace = newsroom.reporter, newsroom.editor
    form = rosa.get("/requests/new/", params={"city": "us-mo/kansas-city", "kind": "records"})
    proposed = offices(form)[0]
    assert proposed.startswith("City Communications Director, Custodian of Records")
    assert "only custodian for all city departments" in proposed
    assert "KC Code § 2-115(d)" in text_of(rosa.get("/cities/us-mo/kansas-city/"))

    request = begin(
        rosa,
        city="us-mo/kansas-city",
        kind="records",
        office_role="records_custodian",
        subject="Stadium lease memoranda",
        what=WHAT,
    )
    here = f"/requests/{request}/"
    contact = {
        "to": CUSTODIAN,
        "source": "Call with the director's office",
        "checked_on": days_ago(ZONE),
    }
    said = refused(rosa, f"{here}submit/", channel="email", **contact)
    assert "This newsroom reviews before filing: send it to an editor first." in said

    rosa.send_form(f"{here}review/")
    assert rosa.send_form(f"{here}approve/").status_code == 403
    assert "Review the letter" in text_of(grace.get(here))
    page = grace.send_form(f"{here}return/", note="Name the council committee.")
    assert "Returned to the reporter" in text_of(page)
    assert "Name the council committee." in text_of(request_page(rosa, request))
    rosa.send_form(f"{here}review/")
    rosa.fill(
        "/cities/us-mo/kansas-city/offices/records_custodian/",
        email=CUSTODIAN,
        source="Call with the director's office",
        checked_on=days_ago(ZONE),
    )
    seen = grace.seen_on(f"{here}review/letter/")
    page = grace.send_form(f"{here}approve/", note="Good.", **seen)
    assert "Approved." in text_of(page)

    submit(rosa, request)
    [mail] = newsroom.desk.mail_to(CUSTODIAN)
    letter = letter_in(mail)
    assert "City Communications Director, Custodian of Records" in letter
    assert "Missouri Sunshine Law" in letter
    assert "610.023" in letter
    assert WHAT in letter
    assert mail["Reply-To"].startswith(f"r-{request}-")

    page = record(
        rosa, request, "denied", on=days_ago(ZONE), exemptions="Mo. Rev. Stat. § 610.021(1)"
    )
    routes = section(page, "Ways to challenge it")
    assert "Sunshine Law complaint to the Attorney General" in routes

    appeal = draft_appeal(rosa, request, "attorney_general")
    file_appeal(rosa, appeal, to=ATTORNEY_GENERAL)
    [complaint] = newsroom.desk.mail_to(ATTORNEY_GENERAL)
    assert "Missouri Attorney General" in letter_in(complaint)
    assert WHAT in letter_in(complaint)

    page = decide(rosa, appeal, on=days_ago(ZONE), outcome="dismissed", text="No action.")
    routes = section(page, "Ways to challenge it")
    assert "Suit in the Circuit Court of Jackson County" in routes
    assert "Mo. Rev. Stat. § 610.027.5" in routes
    assert acts(page) == [
        (
            "Drafted for the City Communications Director, Custodian of Records, "
            "from the Kansas City letter. Rosa Delgado"
        ),
        "Sent to an editor for review. Rosa Delgado",
        "Returned to the reporter. Grace Okafor",
        "Sent to an editor for review. Rosa Delgado",
        "Approved for filing. Grace Okafor",
        (
            "Submitted to the City Communications Director, Custodian of Records by e-mail "
            f"({CUSTODIAN}). Rosa Delgado"
        ),
        "Records request sent by e-mail, taken by localhost. the desk",
        "Kansas City denied the request, claiming Mo. Rev. Stat. § 610.021(1). Rosa Delgado",
        "Appeal drafted: Sunshine Law complaint to the Attorney General. Rosa Delgado",
        "Appeal filed by e-mail: Sunshine Law complaint to the Attorney General. Rosa Delgado",
        "Appeal sent by e-mail, taken by localhost. the desk",
        (
            "Appeal decided: dismissed without deciding. "
            "Sunshine Law complaint to the Attorney General. Rosa Delgado"
        ),
    ]
