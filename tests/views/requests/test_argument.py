"""The page on which a challenge is argued, and the checklist of its body, as a person uses them."""

import re

import pytest
from django.test import Client

from requests_app.actions.requests import appeals, city_determinations
from requests_app.demo.finished_drafts import finish
from requests_app.models import Appeal
from tests.factories import BY_EMAIL, acting, said, submitted
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db

DRAFTS = "Conn. Gen. Stat. § 1-210(b)(1)"


def drafted(*claims: str) -> tuple[Client, Appeal]:
    request = submitted()
    city_determinations.deny(request, answer=said(), exemptions=list(claims), **acting(request))
    appeal = appeals.draft(request, route="foic", **acting(request))
    return signed_in(request.created_by), appeal


def path(appeal: Appeal) -> str:
    return f"/appeals/{appeal.pk}/argument/"


def as_shown(client: Client, appeal: Appeal) -> dict[str, object]:
    """What a browser sends back when nothing was touched."""
    form = client.get(path(appeal)).context["form"]
    fields = {bound.name: bound.value() for bound in form}
    return {name: value for name, value in fields.items() if value not in (None, False)}


def test_saving_what_is_shown_changes_nothing():
    client, appeal = drafted(DRAFTS)
    before = appeal.letter_text

    answer = client.post(path(appeal), as_shown(client, appeal))

    assert answer.status_code == 303
    assert Appeal.objects.get(pk=appeal.pk).letter_text == before
    assert not appeal.argument_paragraphs.exclude(text="").exists()


def test_the_page_says_what_the_city_must_show_and_what_is_against_us():
    client, appeal = drafted(DRAFTS)

    page = client.get(path(appeal)).content.decode()

    assert "That the record is a preliminary draft or note" in page
    assert "Against us" in page
    assert "Shew v. Freedom of Information Commission" in page
    assert "Shew" not in appeal.letter_text


def test_an_answer_on_the_page_stands_in_the_letter():
    client, appeal = drafted(DRAFTS)
    one = appeal.argument_paragraphs.get(argument="ground_in_writing")
    sent = as_shown(client, appeal) | {f"gap_{one.pk}_0": "one word"}

    client.post(path(appeal), sent)

    assert "gives one word. A ground" in Appeal.objects.get(pk=appeal.pk).letter_text


def test_a_paragraph_is_moved_by_a_button_that_also_saves():
    client, appeal = drafted(DRAFTS)
    second = appeal.argument_paragraphs.get(argument="narrow_reading")
    sent = as_shown(client, appeal) | {"move": f"{second.pk}:up", "own_reliefs": "Order more."}

    answer = client.post(path(appeal), sent)

    assert answer["Location"] == f"{path(appeal)}#p{second.pk}"
    assert appeal.argument_paragraphs.first() == second
    assert appeal.chosen_reliefs.last().text == "Order more."


def test_a_claim_that_nobody_knows_offers_the_exemptions():
    client, appeal = drafted("§ 99-1")
    page = client.get(path(appeal)).content.decode()
    assert "“§ 99-1” is none of the exemptions that we know." in page

    client.post(path(appeal), as_shown(client, appeal) | {"named_0": "drafts_and_notes"})

    assert {row.about for row in appeal.argument_paragraphs.filter(claim="§ 99-1")} == {
        "drafts_and_notes"
    }


def test_nothing_to_ask_for_is_refused_and_says_so():
    client, appeal = drafted(DRAFTS)
    sent = as_shown(client, appeal)
    del sent["reliefs"]

    answer = client.post(path(appeal), sent)

    assert answer.status_code == 422
    assert "Choose at least one thing to ask for." in answer.content.decode()


def test_the_draft_lists_its_gaps_with_their_questions():
    client, appeal = drafted(DRAFTS)

    page = client.get(f"/appeals/{appeal.pk}/").content.decode()

    assert "Still to fill in" in page
    assert "What ground does the denial give?" in page
    assert "not specified: ask the Freedom of Information Commission" in re.sub(r"\s+", " ", page)


def test_a_line_of_the_checklist_is_ticked_and_taken_back():
    client, appeal = drafted(DRAFTS)
    where = f"/appeals/{appeal.pk}/requirement/"

    client.post(where, {"slug": "official", "is_met": "yes"})
    assert [row.slug for row in appeal.checked_requirements.all()] == ["official"]
    client.post(where, {"slug": "official", "is_met": "no"})

    assert not appeal.checked_requirements.exists()


def test_a_filed_appeal_leads_back_to_its_page():
    client, appeal = drafted(DRAFTS)
    finish(appeal, **acting(appeal.records_request))
    appeals.file(appeal, sending=BY_EMAIL, **acting(appeal.records_request))

    answer = client.get(path(appeal))

    assert answer["Location"] == f"/appeals/{appeal.pk}/"
