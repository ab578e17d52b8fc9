"""What a body requires: ticked by what the desk knows or by a person, or the filing is refused."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.actions.errors import Refused
from requests_app.actions.filings import checklist
from requests_app.actions.requests import (
    appeals,
    city_determinations,
    city_progress,
    exhibits,
)
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.demo.finished_drafts import finish
from requests_app.models import Appeal, Exhibit
from requests_app.reply_addresses import reply_address
from tests.casefile.papers import pdf
from tests.factories import BY_EMAIL, TODAY, acting, said, submitted
from tests.inbound.messages import bounce, taken_in

pytestmark = pytest.mark.django_db


def drafted() -> Appeal:
    request = submitted(city_slug="us-or/portland", office_role="records_custodian")
    claims = ["ORS 192.345(1)"]
    city_determinations.deny(
        request, answer=said(text="We deny it."), exemptions=claims, **acting(request)
    )
    return appeals.draft(request, route="district_attorney", **acting(request))


def met(appeal: Appeal) -> dict[str, bool]:
    lines = checklist.checklist(appeal, on=TODAY)
    return {line.requirement.slug: line.is_met for line in lines}


def test_the_desk_ticks_what_it_knows():
    ticked = met(drafted())

    assert ticked == {
        "petitioner": True, "body": True, "records": True, "request_facts": True,
        "denied_by": False, "signature": False, "form": False, "request": True, "denial": True,
        "elected_officials": False, "delivery": False, "copies": False, "fee": False,
    }  # fmt: skip


def test_what_is_mandatory_and_missing_stops_the_filing_with_its_law():
    appeal = drafted()
    finish(appeal, **acting(appeal.records_request))
    checklist.tick(appeal, "signature", is_met=False, **acting(appeal.records_request))
    [why] = [one.why for one in appeal.pack_route.requires if one.slug == "signature"]

    with pytest.raises(Refused) as refusal:
        appeals.file(appeal, sending=BY_EMAIL, **acting(appeal.records_request))

    assert str(refusal.value) == (
        f"The petitioner’s signature: {why} See to it, and tick it in the list of what the body "
        "requires. Nothing was filed."
    )
    assert Appeal.objects.get(pk=appeal.pk).state == "draft"


def refused_without(appeal: Appeal) -> str:
    with pytest.raises(Refused) as refusal:
        appeals.file(appeal, sending=BY_EMAIL, **acting(appeal.records_request))
    return str(refusal.value)


def complaint() -> tuple[Appeal, Exhibit]:
    """To Connecticut's commission, finished, and the denial behind it."""
    request = submitted()
    city_determinations.deny(request, answer=said(text="We deny it."), **acting(request))
    appeal = appeals.draft(request, route="foic", **acting(request))
    finish(appeal, **acting(request))
    return appeal, appeal.exhibits.get(letter=None)


def test_a_paper_that_the_desk_has_must_be_behind_the_letter():
    appeal, denial = complaint()
    [why] = [one.why for one in appeal.pack_route.requires if one.slug == "answer"]
    assert met(appeal)["answer"] is True

    exhibits.remove(denial)

    to_do = f"{why} Add “{denial.title}” to the exhibits."
    assert met(appeal)["answer"] is False
    assert refused_without(appeal) == f"{to_do} Nothing was filed."
    with pytest.raises(Refused, match=re.escape(f"{to_do} Nothing was changed.")):
        checklist.tick(appeal, "answer", is_met=True, **acting(appeal.records_request))


def test_a_file_of_our_own_stands_for_a_paper_once_a_person_says_so():
    appeal, denial = complaint()
    by = acting(appeal.records_request)
    exhibits.remove(denial)
    scan = SimpleUploadedFile("denial.txt", b"We deny it.", "text/plain")
    exhibits.add_upload(appeal, title="The denial, scanned", upload=scan, **by)
    assert met(appeal)["answer"] is False

    checklist.tick(appeal, "answer", is_met=True, **by)

    assert met(appeal)["answer"] is True


def test_a_person_ticks_in_their_name_and_takes_it_back():
    appeal = drafted()
    by = acting(appeal.records_request)

    checklist.tick(appeal, "signature", is_met=True, **by)
    [line] = [
        one for one in checklist.checklist(appeal, on=TODAY) if one.requirement.slug == "signature"
    ]
    assert line.checked
    assert line.checked.checked_by == by["by"].user
    checklist.tick(appeal, "signature", is_met=False, **by)

    assert met(appeal)["signature"] is False


def test_only_what_the_route_requires_is_ticked():
    appeal = drafted()

    with pytest.raises(Refused, match="requires no such thing"):
        checklist.tick(appeal, "a_ribbon", is_met=True, **acting(appeal.records_request))


def test_a_filed_appeal_is_ticked_no_more():
    appeal = drafted()
    finish(appeal, **acting(appeal.records_request))
    appeals.file(appeal, sending=BY_EMAIL, **acting(appeal.records_request))

    with pytest.raises(Refused, match="its checklist is closed"):
        checklist.tick(appeal, "form", is_met=True, **acting(appeal.records_request))


def missouri(*, proof: CityAnswer | None = None) -> Appeal:
    """A denial by Kansas City, before the Attorney General: who wants to see the receipt."""
    request = submitted(city_slug="us-mo/kansas-city", office_role="records_custodian")
    if proof:
        city_progress.receive(request, on=TODAY, proof=proof, **acting(request))
    city_determinations.deny(request, answer=said(text="No."), **acting(request))
    return appeals.draft(request, route="attorney_general", **acting(request))


def test_a_return_receipt_stands_behind_a_complaint_that_needs_proof_of_receipt():
    receipt = SimpleUploadedFile("receipt.pdf", pdf("return receipt"), "application/pdf")

    appeal = missouri(proof=said(files=[receipt]))

    titles = [exhibit.title for exhibit in appeal.exhibits.in_order()]
    assert "Proof of receipt of November 2, 2026" in titles
    assert met(appeal)["receipt"] is True
    assert "what shows that the custodian had it (Exhibit" in appeal.letter_text


def test_taken_out_the_proof_is_lacking_by_its_name():
    receipt = SimpleUploadedFile("receipt.pdf", pdf("return receipt"), "application/pdf")
    appeal = missouri(proof=said(files=[receipt]))

    exhibits.remove(appeal.exhibits.get(bundle_part="proof_of_receipt"))

    lines = {one.requirement.slug: one for one in checklist.checklist(appeal, on=TODAY)}
    line = lines["receipt"]
    assert (line.is_met, line.lacking) == (False, ("Proof of receipt of November 2, 2026",))


def test_without_proof_of_receipt_a_person_encloses_it_and_ticks_it():
    appeal = missouri()
    by = acting(appeal.records_request)
    receipt = SimpleUploadedFile("receipt.pdf", pdf("return receipt"), "application/pdf")
    assert met(appeal)["receipt"] is False

    exhibits.add_upload(appeal, title="Return receipt", upload=receipt, **by)
    checklist.tick(appeal, "receipt", is_met=True, **by)

    assert met(appeal)["receipt"] is True


def test_a_delivery_report_shows_that_the_letter_reached_the_mailbox():
    request = submitted(city_slug="us-mo/kansas-city", office_role="records_custodian")
    sent = request.deliveries.get()
    taken_in(bounce(sent.message_id, to=reply_address(request), action="delivered"))
    city_determinations.deny(request, answer=said(text="No."), **acting(request))

    appeal = appeals.draft(request, route="attorney_general", **acting(request))

    [proof] = appeal.exhibits.filter(bundle_part="proof_of_receipt")
    assert (proof.title, proof.communication.mail.kind) == (
        "Report that the letter reached the mailbox of November 2, 2026", "delivery_report",
    )  # fmt: skip
