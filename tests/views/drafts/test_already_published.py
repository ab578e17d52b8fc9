"""The panel beside a draft: what may already be published, and what a person says of it."""

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.actions.drafts import unsaved_words
from requests_app.actions.drafts.unsaved_words import DRAFT_PAGE, FormPage, TypedCopy
from requests_app.ledger.attribution import Attribution
from requests_app.models import CatalogDataset, RecordsRequest, Role
from requests_app.policy.checked_datasets import Answer, checked_catalog
from tests.catalog.datasets import small_catalog
from tests.factories import NOW, draft, member, rewritten
from tests.views.conftest import flat, signed_in
from tests.views.drafts.pages import edit_url

pytestmark = pytest.mark.django_db

TOWS = "Every vehicle towed in 2026, with the tow company and the reason."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def rr() -> RecordsRequest:
    small_catalog()
    return draft(subject="Towed cars", particulars={"what": TOWS})


@pytest.fixture
def rosa(rr: RecordsRequest) -> Client:
    return signed_in(rr.created_by)


def towed() -> CatalogDataset:
    return CatalogDataset.objects.get(title="Towed Vehicles")


def panel_url(rr: RecordsRequest) -> str:
    return reverse("already_published", args=[rr.public_id])


def answer_url(rr: RecordsRequest) -> str:
    return reverse("dataset_answer", args=[rr.public_id])


def said(rr: RecordsRequest) -> list[tuple[str, Answer]]:
    return [(one.title, one.answer) for one in checked_catalog(rr).datasets]


def test_without_a_script_the_panel_is_a_page_of_its_own(rr: RecordsRequest, rosa: Client):
    page = flat(rosa.get(panel_url(rr)))

    assert "checked 6 datasets, read 6 hours ago" in page
    assert "Towed Vehicles" in page
    assert '<strong>company</strong> <span class="why">column</span>' in page
    assert "license: Public domain" in page
    assert "steward: Police Department" in page
    assert "Look in the catalog" in flat(rosa.get(edit_url(rr)))


def test_it_looks_with_the_words_that_stand_in_the_form(rr: RecordsRequest, rosa: Client):
    typed = {"subject": "Street trees", "what": "Each street tree, its species, its diameter."}

    part = flat(rosa.post(panel_url(rr), typed, headers=HTMX))

    assert "Street Tree Inventory" in part
    assert "Towed Vehicles" not in part
    assert "<html" not in part


def test_or_with_the_words_that_were_kept(rr: RecordsRequest, rosa: Client):
    typed = {"subject": "Street trees", "what": "Each street tree, its species, its diameter."}
    unsaved_words.keep(
        FormPage(DRAFT_PAGE, rr),
        TypedCopy("tab", 1, "1", typed),
        by=Attribution(rr.created_by, NOW),
    )

    assert "Street Tree Inventory" in flat(rosa.get(panel_url(rr)))


def test_not_it_and_skip_come_back_in_place_without_the_dataset(rr: RecordsRequest, rosa: Client):
    for answer in (Answer.SKIPPED, Answer.NOT_IT):
        sent = {"answer": answer, "dataset": towed().pk, "subject": "Towed cars", "what": TOWS}
        part = flat(rosa.post(answer_url(rr), sent, headers=HTMX))

        assert said(rr) == [("Towed Vehicles", answer)]
        assert "Answers it" not in part
        assert "“Towed Vehicles”" in part


def test_without_a_script_an_answer_leads_back_to_the_draft(rr: RecordsRequest, rosa: Client):
    back = rosa.post(answer_url(rr), {"answer": "not_it", "dataset": towed().pk})

    assert (back.status_code, back.headers["Location"]) == (303, edit_url(rr))


def test_what_answers_it_closes_the_draft_with_the_metadata_as_seen(
    rr: RecordsRequest, rosa: Client
):
    done = rosa.post(answer_url(rr), {"answer": "answers_it", "dataset": towed().pk}, follow=True)

    rr.refresh_from_db()
    page = flat(done)
    assert rr.state == "discarded"
    assert "the draft is discarded and can be brought back" in page
    assert "towed-vehicles" in page
    assert "Police Department" in page


def test_partly_asks_what_is_missing_and_then_for_it(rr: RecordsRequest, rosa: Client):
    url = reverse("dataset_partly", args=[rr.public_id, towed().pk])
    assert "tow_date, make, model" in flat(rosa.get(url))
    assert rosa.post(url, {"missing": ""}).status_code == 422

    done = rosa.post(url, {"missing": "the fee"})

    rr.refresh_from_db()
    assert (done.status_code, done.headers["Location"]) == (303, edit_url(rr))
    assert rr.particulars["what"].endswith("leaves out: the fee")
    assert said(rr) == [("Towed Vehicles", Answer.PARTLY)]


def test_nothing_near_it_can_be_noted(rr: RecordsRequest, rosa: Client):
    rewritten(rr, rr.letter_text)
    RecordsRequest.objects.filter(pk=rr.pk).update(
        subject="Zeppelins", particulars={**rr.particulars, "what": "Every zeppelin landing."}
    )
    assert "No dataset comes near what you ask for." in flat(rosa.get(panel_url(rr)))

    rosa.post(answer_url(rr), {"answer": "none_found"})

    assert "none covered it on Mon Nov 2" in flat(rosa.get(panel_url(rr)))


def test_the_letter_says_it_by_a_press_and_an_edited_one_is_given_the_line(
    rr: RecordsRequest, rosa: Client
):
    rosa.post(answer_url(rr), {"answer": "not_it", "dataset": towed().pk})
    assert "Say so in the letter" in flat(rosa.get(panel_url(rr)))

    rosa.post(answer_url(rr), {"answer": "say"})
    rr.refresh_from_db()
    assert "Before writing we looked at" in rr.letter_text
    assert 'id="published-line"' not in flat(rosa.get(panel_url(rr)))

    rewritten(rr, "Our own words.")
    assert 'id="published-line"' in flat(rosa.get(panel_url(rr)))


def test_a_catalog_that_could_not_be_read_is_never_nothing_found(rr: RecordsRequest, rosa: Client):
    portal = towed().portal
    type(portal).objects.update(status="blocked", status_reason="It refuses programs.")
    RecordsRequest.objects.update(subject="Zeppelins", particulars={"what": "zeppelins"})

    page = flat(rosa.get(panel_url(rr)))

    assert "<strong>We could not check:</strong> Stamford’s catalog: It refuses programs." in page
    assert "No dataset comes near" not in page


def test_records_that_are_rarely_published_fold_what_was_found(rr: RecordsRequest, rosa: Client):
    typed = {"subject": "Towed cars", "what": f"{TOWS} And all e-mails about it."}

    part = flat(rosa.post(panel_url(rr), typed, headers=HTMX))

    assert "Datasets rarely contain this kind of record: e-mails and other messages" in part
    assert "<details><summary" in part


def test_words_that_are_not_saved_are_named_in_place(rr: RecordsRequest, rosa: Client):
    rosa.post(answer_url(rr), {"answer": "not_it", "dataset": towed().pk})
    unsaved_words.keep(
        FormPage(DRAFT_PAGE, rr),
        TypedCopy("tab", 1, "1", {"subject": "Else"}),
        by=Attribution(rr.created_by, NOW),
    )

    part = flat(rosa.post(answer_url(rr), {"answer": "say"}, headers=HTMX))

    assert "that are not saved in it" in part
    rr.refresh_from_db()
    assert not rr.letter_names_datasets


def test_a_dataset_of_another_newsrooms_portal_is_not_there(rr: RecordsRequest, rosa: Client):
    other = member(Role.EDITOR)
    theirs = small_catalog(other.membership.newsroom)
    foreign = theirs.datasets.get(title="Towed Vehicles")

    answers = [
        rosa.post(answer_url(rr), {"answer": "not_it", "dataset": foreign.pk}),
        rosa.get(reverse("dataset_partly", args=[rr.public_id, foreign.pk])),
        rosa.post(answer_url(rr), {"answer": "not_it", "dataset": "x"}),
        rosa.post(answer_url(rr), {"answer": "not_it"}),
        rosa.post(answer_url(rr), {"answer": "nonsense"}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert said(rr) == []


def test_a_correction_is_of_a_dataset_and_is_not_compared():
    small_catalog()
    asked = {"dataset_title": "Trees", "what_is_wrong": "Rows 1 to 5"}
    rr = draft(kind="correction", particulars=asked)

    assert signed_in(rr.created_by).get(panel_url(rr)).status_code == 404
    assert "already-published" not in flat(signed_in(rr.created_by).get(edit_url(rr)))
