"""The page on which a writer chooses the exhibits, without JavaScript."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from requests_app.actions.requests import appeals, exhibits
from requests_app.models import Appeal, Exhibit
from tests.casefile.papers import pdf
from tests.filings.drafts import Read, denied, document_of, drafted, filed
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


def client_of(appeal: Appeal) -> Client:
    return signed_in(appeal.created_by)


def shown(appeal: Appeal) -> str:
    return flat(client_of(appeal).get(reverse("exhibit_list", args=[appeal.pk])))


def press(exhibit: Exhibit, name: str, **typed: Any) -> str:
    """A button of an exhibit; the page that comes of it."""
    url = reverse(name, args=[exhibit.pk])
    return flat(client_of(exhibit.appeal).post(url, typed, follow=True))


def test_drafting_opens_the_papers_so_that_the_page_counts_them():
    request = denied(answer_pdf=pdf("one", "two"))
    client = signed_in(request.created_by)

    client.post(reverse("appeal_new", args=[request.public_id, "foic"]))

    appeal = request.appeals.get()
    assert [e.page_count for e in appeal.exhibits.in_order()] == [2, 3]
    assert "Exhibit 2: Denial of November 2, 2026" in shown(appeal)
    assert "5 pages, without the letter and the contents." in shown(appeal)


def test_what_the_body_wants_is_ticked():
    appeal = drafted()
    assert "✓</span> The request" in shown(appeal)

    exhibits.remove(appeal.exhibits.in_order()[0])

    assert "✗</span> The request" in shown(appeal)
    assert "A complaint shall include a copy of any pertinent correspondence" in shown(appeal)


def test_file_is_uploaded_and_named_in_the_list():
    appeal = drafted()
    url = reverse("exhibit_list", args=[appeal.pk])
    file = SimpleUploadedFile("photo.pdf", pdf("photo"), "application/pdf")

    page = client_of(appeal).post(url, {"title": "Photograph", "upload": file}, follow=True)

    assert "Added: Photograph." in flat(page)
    assert "Exhibit 3: Photograph" in flat(page)
    assert "Letter and exhibits agree." in flat(page)


def test_upload_without_a_file_says_what_to_do():
    appeal = drafted()
    url = reverse("exhibit_list", args=[appeal.pk])

    answer = client_of(appeal).post(url, {"title": "Photograph"})

    assert answer.status_code == 422
    assert "Choose one file of this request, or upload one." in flat(answer)


def test_removed_paper_is_offered_again_and_added():
    appeal = drafted()
    letter = appeal.exhibits.in_order()[0].letter
    exhibits.remove(appeal.exhibits.in_order()[0])
    url = reverse("exhibit_list", args=[appeal.pk])

    client_of(appeal).post(url, {"paper": f"letter-{letter.pk}"})

    assert [e.letter_id for e in appeal.exhibits.in_order()] == [None, letter.pk]


def test_buttons_move_rename_and_remove():
    appeal = drafted()
    first, second = appeal.exhibits.in_order()

    press(second, "exhibit_move", to="1")
    press(second, "exhibit_rename", title="The city’s letter")
    press(first, "exhibit_remove")

    assert [e.title for e in appeal.exhibits.in_order()] == ["The city’s letter"]


@pytest.mark.parametrize("to", ["", "x", "0", "9", "99999999999999999999"])
def test_number_that_is_none_moves_nothing(to: str):
    appeal = drafted()
    first = appeal.exhibits.in_order()[0]

    page = press(first, "exhibit_move", to=to)

    assert "Nothing was changed" in page
    assert appeal.exhibits.in_order()[0] == first


def test_file_without_pages_is_confirmed_by_a_button():
    appeal = drafted(denied(data_csv=b"a,b\n"))
    exhibits.open_all(appeal)
    assert "A table of data is read in a spreadsheet, not on pages." in shown(appeal)

    press(appeal.exhibits.in_order()[1], "exhibit_settle")

    assert "Confirmed: it goes beside the filing as a file." in shown(appeal)
    assert "Letter and exhibits agree." in shown(appeal)


def test_preview_is_what_leaves():
    appeal = drafted()
    answer = client_of(appeal).get(reverse("filing_preview", args=[appeal.pk]))
    looked_at = Read(b"".join(answer.streaming_content))  # type: ignore[attr-defined]

    left = Read(document_of(filed(appeal).letter.filing))

    assert looked_at.stamps() == left.stamps()
    assert looked_at.texts[1:] == left.texts[1:]


def test_letters_pdf_of_a_filed_appeal_is_the_whole_filing():
    appeal = drafted()
    letter = filed(appeal).letter

    answer = client_of(appeal).get(reverse("letter_pdf", args=[letter.pk]))

    assert answer.content == document_of(letter.filing)


def test_filed_appeals_exhibits_have_no_page_any_more():
    appeal = drafted()
    filed(appeal)

    page = client_of(appeal).get(reverse("exhibit_list", args=[appeal.pk]), follow=True)

    assert page.redirect_chain == [(reverse("appeal_page", args=[appeal.pk]), 303)]
    assert "It is filed: its exhibits are as they left." in flat(page)


def test_filing_that_is_refused_says_why_on_its_page():
    appeal = drafted()
    appeals.edit_letter(appeal, by=appeal.created_by, text="See Exhibit 1.\n")
    url = reverse("appeal_file", args=[appeal.pk])

    answer = client_of(appeal).post(url, {"channel": "email", "to": "body@foic.example"})

    assert answer.status_code == 422
    assert "The letter does not name Exhibit 2" in flat(answer)
    appeal.refresh_from_db()
    assert appeal.state == "draft"
