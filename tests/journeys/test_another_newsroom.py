"""Somebody of another newsroom finds nothing here."""

import re

import pytest

from tests.desk import PASSWORD, text_of
from tests.journeys.newsroom import Newsroom
from tests.journeys.steps import (
    at_city_hall,
    begin,
    days_ago,
    draft_appeal,
    record,
    request_page,
    submit,
)

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("journeys")]
ZONE = "America/New_York"
STRANGER = "chief@herald.example"
# One newsroom founds an installation; a second one is an operator's doing.
SECOND_NEWSROOM = f"""
from django.utils import timezone
from requests_app.models import Membership, Newsroom, Role, User
newsroom = Newsroom.objects.create(name="The Herald", created_at=timezone.now())
user = User.objects.create_user({STRANGER!r}, {PASSWORD!r}, name="Sam Reed")
Membership.objects.create(newsroom=newsroom, user=user, role=Role.ADMIN)
"""


def test_another_newsrooms_admin_gets_404_everywhere(newsroom: Newsroom):
    rosa = newsroom.reporter
    request = begin(
        rosa,
        city="us-ct/stamford",
        kind="records",
        office_role="city_clerk",
        subject="Nobody else's business",
        what="the budget",
    )
    path = f"/requests/{request}/"
    page = submit(rosa, request, **at_city_hall(), handed_over_on=days_ago(ZONE, 2))
    letter = re.findall(r"/letters/\d+\.pdf", page.text)[0]
    answer = ("answer.txt", b"No.", "text/plain")
    page = record(rosa, request, "denied", on=days_ago(ZONE), files={"files": answer})
    attachment = re.findall(r"/attachments/\d+/", page.text)[0]
    appeal = draft_appeal(rosa, request, "foic")
    waiting = begin(
        rosa,
        city="us-ct/stamford",
        kind="records",
        office_role="city_clerk",
        subject="Waits for a hand",
        what="the budget",
    )
    page = submit(rosa, waiting, **at_city_hall())
    delivery = re.findall(r"(/deliveries/\d+/)hand-over/", page.text)[0]
    member = re.findall(r"/members/\d+/", newsroom.admin.get("/members/").text)[0]

    newsroom.desk.manage("shell", "-c", SECOND_NEWSROOM)
    stranger = newsroom.desk.person(STRANGER)
    reads = [
        *(path + rest for rest in ("", "edit/", "preview.pdf", "preview/1.png", "submit/")),
        f"{path}record/note/",
        *(appeal + rest for rest in ("", "edit/", "preview.pdf", "file/", "decide/", "withdraw/")),
        letter,
        attachment,
        f"{delivery}hand-over/",
        member,
    ]
    assert {address: stranger.get(address).status_code for address in reads} == dict.fromkeys(
        reads, 404
    )
    buttons = [
        *(path + rest for rest in ("review/", "approve/", "return/", "assign/", "share/")),
        f"{path}appeals/new/foic/",
        f"{delivery}retry/",
        f"{delivery}confirm/",
    ]
    assert {address: stranger.send_form(address).status_code for address in buttons} == (
        dict.fromkeys(buttons, 404)
    )
    for everything in ("/", "/requests/?q=business", "/appeals/", "/deliveries/", "/members/"):
        shown = text_of(stranger.get(everything))
        assert "Nobody else's business" not in shown, everything
        assert "Rosa Delgado" not in shown, everything
    assert "Nobody else's business" in text_of(request_page(rosa, request))
