"""The letters of a filed challenge over HTTP: offered where they fit, read, sent once."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from requests_app.actions.requests import appeals
from requests_app.letters import plain_text
from requests_app.models import Appeal, Attachment, Delivery, LetterKind, Role
from tests.casefile.papers import pdf
from tests.factories import TODAY, acting, appealed, in_state, member
from tests.filings.drafts import Read
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def appeal() -> Appeal:
    return appealed(in_state("denied"))


@pytest.fixture
def client(appeal: Appeal) -> Client:
    return signed_in(appeal.created_by)


def page(appeal: Appeal, slug: str) -> str:
    return reverse("challenge_letter", args=[appeal.pk, slug])


def form_of(client: Client, address: str, **changed: Any) -> dict[str, Any]:
    """What the page's form holds, with some of it changed."""
    context = client.get(address).context
    form = context["form"]
    held = {name: form[name].value() or "" for name in form.fields}
    typed = {name: context["typed"][name].value() or "" for name in context["typed"].fields}
    return {**held, **typed, "to": "body@foic.example", **changed}


def test_before_it_is_withdrawn_the_page_says_what_is_kept_and_what_is_lost(
    client: Client, appeal: Appeal
):
    shown = flat(client.get(page(appeal, "withdrawal")))

    assert "Kept: the request as it stands, the filing with its exhibits" in shown
    assert "Lost: the decision of the Freedom of Information Commission on this filing." in shown
    assert "would have run until December 2, 2026: a new filing after that day is late." in shown
    assert "No new time to challenge the same answer of the city opens" in shown


def test_it_is_withdrawn_by_a_letter_with_a_copy_to_the_office(client: Client, appeal: Appeal):
    address = page(appeal, "withdrawal")
    sent = form_of(client, address, other_copies="clerk@stamford.example")

    shown = flat(client.post(address, sent, follow=True))

    delivery = Delivery.objects.get(letter__kind=LetterKind.CHALLENGE_WITHDRAWAL)
    assert [one.to for one in delivery.letter.copies.all()] == ["clerk@stamford.example"]
    assert "a copy" not in delivery.letter.text
    assert "cc: clerk@stamford.example" in plain_text(delivery.letter)
    assert "by a letter to the Freedom of Information Commission" in shown
    assert "Withdraw by letter" not in shown


def test_sent_twice_one_letter_leaves(client: Client, appeal: Appeal):
    address = page(appeal, "withdrawal")
    sent = form_of(client, address, other_copies="")
    client.post(address, sent)

    answer = client.post(address, sent, follow=True)

    assert "This appeal is withdrawn. Nothing was changed." in flat(answer)
    assert Delivery.objects.filter(letter__kind=LetterKind.CHALLENGE_WITHDRAWAL).count() == 1


def test_a_demand_is_offered_once_it_was_decided_for_us(client: Client, appeal: Appeal):
    address = reverse("appeal_page", args=[appeal.pk])
    assert "Demand compliance" not in flat(client.get(address))

    decision = appeals.Decision(TODAY, "reversed")
    appeals.decide(appeal, decision, **acting(appeal.records_request))

    assert page(appeal, "compliance-demanded") in flat(client.get(address))
    shown = flat(client.get(page(appeal, "compliance-demanded")))
    assert "What does the decision require of the city?" in shown


def test_a_demand_is_sent_to_the_office_with_what_was_typed(client: Client, appeal: Appeal):
    decision = appeals.Decision(TODAY, "reversed")
    appeals.decide(appeal, decision, **acting(appeal.records_request))
    address = page(appeal, "compliance-demanded")
    typed = {"required": "give us the reports", "comply_by_on": "2026-11-30"}
    written = form_of(client, address, **typed, do="write")
    text = client.post(address, written).context["form"]["text"].value()
    office = {"source": "Its page", "checked_on": "2026-11-02", "to": "clerk@stamford.example"}

    client.post(address, {**form_of(client, address, **typed), "text": text, **office})

    letter = Delivery.objects.get(letter__kind=LetterKind.COMPLIANCE_DEMAND).letter
    assert "The decision itself sets Monday, November 30, 2026 as the day" in letter.text
    assert "requires the city to give us the reports." in letter.text


def test_another_newsroom_and_a_researcher_write_none(appeal: Appeal):
    stranger = signed_in(member(Role.ADMIN))
    researcher = signed_in(member(Role.RESEARCHER, appeal.records_request.newsroom))

    assert stranger.get(page(appeal, "withdrawal")).status_code == 404
    assert researcher.get(page(appeal, "withdrawal")).status_code == 403


def test_a_letter_that_does_not_exist_is_not_found(client: Client, appeal: Appeal):
    assert client.get(page(appeal, "nonsense")).status_code == 404


def test_a_supplement_names_a_new_file_and_has_it_behind_it(client: Client, appeal: Appeal):
    address = page(appeal, "supplement")
    typed = {"added": "The city wrote that the reports exist."}
    paper = SimpleUploadedFile("notice.pdf", pdf("notice"), "application/pdf")
    brought = {**form_of(client, address, **typed, do="write"), "uploads": paper}

    written = client.post(address, brought).context

    chosen = written["exhibits"]["exhibits"].value()
    assert "We submit Exhibit 2 with this letter." in written["form"]["text"].value()
    sent = form_of(client, address, **typed, text=written["form"]["text"].value())
    shown = flat(client.post(address, {**sent, "exhibits": chosen}, follow=True))
    letter = Delivery.objects.get(letter__kind=LetterKind.CHALLENGE_SUPPLEMENT).letter
    assert [line["title"] for line in letter.filing.manifest] == ["notice.pdf"]
    assert "Appeal supplemented by e-mail with Exhibit 2" in shown


def test_a_file_brought_with_a_refused_supplement_is_chosen_and_not_lost(
    client: Client, appeal: Appeal
):
    address = page(appeal, "supplement")
    paper = SimpleUploadedFile("notice.pdf", pdf("notice"), "application/pdf")
    sent = form_of(client, address, added="More.", text="We add a notice.")

    answer = client.post(address, {**sent, "uploads": paper})

    [file] = Attachment.objects.filter(name="notice.pdf")
    assert answer.status_code == 422
    assert "The letter does not name Exhibit 2 (notice.pdf)" in flat(answer)
    assert answer.context["exhibits"]["exhibits"].value() == [f"file-{file.pk}"]


def test_a_supplement_is_looked_at_as_one_document(client: Client, appeal: Appeal):
    address = page(appeal, "supplement")
    paper = SimpleUploadedFile("notice.pdf", pdf("notice"), "application/pdf")
    sent = form_of(client, address, added="More.", text="We add Exhibit 2.")
    chosen = client.post(address, {**sent, "uploads": paper, "do": "write"}).context["exhibits"]

    answer = client.post(address, {**sent, "exhibits": chosen["exhibits"].value(), "do": "pdf"})

    assert answer.headers["Content-Type"] == "application/pdf"
    assert Read(answer.content).outline()["Exhibit 2: notice.pdf"] == 3


def test_a_supplement_without_an_exhibit_says_so(client: Client, appeal: Appeal):
    address = page(appeal, "supplement")

    answer = client.post(address, form_of(client, address, added="More.", text="More."))

    assert answer.status_code == 422
    assert "Choose at least one further exhibit" in flat(answer)
