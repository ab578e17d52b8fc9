"""The pages of a challenge: what they show of what moved, and none that opens past its state."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.actions.requests import appeal_drafts, appeals, city_determinations, corrections
from requests_app.demo.finished_drafts import finish
from requests_app.models import Appeal, AppealOutcome
from requests_app.storage import content
from tests.factories import TODAY, acting, appealed, in_state, said
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
PAGES_OF_A_DRAFT = ("appeal_edit", "appeal_changes", "appeal_file")
PAGES_OF_A_FILED = ("appeal_decide", "appeal_received")


@pytest.fixture(autouse=True)
def _plain_http(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False


def drafted() -> tuple[Client, Appeal]:
    request = in_state("denied")
    appeal = appeals.draft(request, route="foic", **acting(request))
    finish(appeal, **acting(request))
    return signed_in(request.created_by), appeal


def address(page: str, appeal: Appeal) -> str:
    return reverse(page, args=[appeal.pk])


def released_in_part(appeal: Appeal) -> None:
    request = appeal.records_request
    city_determinations.grant_in_part(request, answer=said(), **acting(request))


@pytest.mark.parametrize("page", PAGES_OF_A_DRAFT)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_for_a_draft_leads_a_filed_appeal_to_what_was_filed(page: str, method: str):
    request = in_state("denied")
    appeal = appealed(request)
    client = signed_in(request.created_by)

    answer = getattr(client, method)(address(page, appeal), {"text": "Other words."}, follow=True)

    assert answer.redirect_chain == [(address("appeal_page", appeal), 303)]
    shown = flat(answer)
    assert (
        "This appeal is filed, so this cannot be done any more. Below is what was filed." in shown
    )
    assert reverse("letter_pdf", args=[appeal.letters.get().pk]) in shown


@pytest.mark.parametrize("page", PAGES_OF_A_FILED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_for_a_filed_appeal_does_not_open_for_a_draft(page: str, method: str):
    client, appeal = drafted()

    answer = getattr(client, method)(address(page, appeal), {"on": str(TODAY)}, follow=True)

    assert answer.redirect_chain == [(address("appeal_page", appeal), 303)]
    assert "This appeal is draft, so this cannot be done now." in flat(answer)


@pytest.mark.parametrize("page", [*PAGES_OF_A_DRAFT, *PAGES_OF_A_FILED, "appeal_withdraw"])
def test_nothing_opens_for_a_decided_appeal(page: str):
    request = in_state("denied")
    appeal = appealed(request)
    appeals.decide(appeal, appeals.Decision(TODAY, AppealOutcome.AFFIRMED), **acting(request))

    answer = signed_in(request.created_by).get(address(page, appeal))

    assert (answer.status_code, answer["Location"]) == (303, address("appeal_page", appeal))


def test_the_preview_of_a_filed_appeal_is_what_was_filed():
    request = in_state("denied")
    appeal = appealed(request)

    answer = signed_in(request.created_by).get(address("appeal_preview", appeal))

    filed = appeal.letters.get().filing.document
    assert answer.content == content.read_whole(str(filed.file), sha256=filed.sha256)


def test_a_draft_that_is_up_to_date_can_be_filed():
    client, appeal = drafted()

    page = flat(client.get(address("appeal_page", appeal)))

    assert "Since this was written" not in page
    assert address("appeal_file", appeal) in page


def test_a_drafts_page_says_what_moved_and_offers_to_settle_it():
    client, appeal = drafted()
    released_in_part(appeal)

    page = flat(client.get(address("appeal_page", appeal)))

    assert "Granted in part" in page
    assert "the letter still says:" in page
    assert address("appeal_changes", appeal) in page
    assert address("appeal_file", appeal) not in page


def test_the_page_of_filing_refuses_with_what_moved():
    client, appeal = drafted()
    seen = appeals.mark_of(appeal.letter_text)
    released_in_part(appeal)

    answer = client.post(
        address("appeal_file", appeal),
        {"channel": "email", "to": "foi@ct.example", "seen": seen},
    )

    assert answer.status_code == 422
    assert "“Granted in part” of Nov 2, 2026 was recorded." in flat(answer)
    appeal.refresh_from_db()
    assert appeal.state == "draft"


def test_a_letter_changed_behind_the_page_of_filing_is_not_filed():
    client, appeal = drafted()
    seen = appeals.mark_of(appeal.letter_text)
    text = f"{appeal.letter_text}\nMore.\n"
    appeals.edit_letter(appeal, by=appeal.created_by, text=text)

    answer = client.post(
        address("appeal_file", appeal),
        {"channel": "email", "to": "foi@ct.example", "seen": seen},
    )

    assert answer.status_code == 422
    assert "changed after the page was opened" in flat(answer)


def test_what_moved_is_settled_sentence_by_sentence():
    client, appeal = drafted()
    released_in_part(appeal)
    moved = appeal_drafts.since_drafted(appeal, on=TODAY)
    choices = {sentence.key: "take" for sentence in moved.sentences}

    answer = client.post(address("appeal_changes", appeal), {"seen": moved.seen, **choices})

    assert answer.status_code == 303
    appeal.refresh_from_db()
    assert appeal.answers == "granted_in_part"
    assert appeal.letter_text == moved.composed.text


def test_a_sentence_left_undecided_is_asked_for_again():
    client, appeal = drafted()
    released_in_part(appeal)
    moved = appeal_drafts.since_drafted(appeal, on=TODAY)

    answer = client.post(address("appeal_changes", appeal), {"seen": moved.seen})

    assert answer.status_code == 422
    assert "Say whether the letter takes it." in answer.content.decode()


def test_what_was_recorded_behind_the_page_is_shown_before_it_is_settled():
    client, appeal = drafted()
    released_in_part(appeal)
    moved = appeal_drafts.since_drafted(appeal, on=TODAY)
    choices = {sentence.key: "take" for sentence in moved.sentences}
    request = appeal.records_request
    request.newsroom.phone = "203-555-0199"
    request.newsroom.save()

    answer = client.post(address("appeal_changes", appeal), {"seen": moved.seen, **choices})

    assert answer.status_code == 422
    appeal.refresh_from_db()
    assert appeal.answers == "denied"


def test_a_draft_whose_way_is_closed_says_so():
    client, appeal = drafted()
    request = appeal.records_request

    corrections.strike(request.events.get(kind="denied"), why="another’s", **acting(request))

    page = flat(client.get(address("appeal_page", appeal)))

    assert "Nothing that stands today opens this way" in page
