"""A draft's page: one save for all of it, words kept while they are typed, two people at once."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from requests_app.models import Delivery, RecordsRequest, Role, UnsavedWriting, User
from tests.factories import NOW, draft, member, rewritten
from tests.views.conftest import signed_in
from tests.views.drafts.pages import edit_url, fields_in, opened, sent, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rr() -> RecordsRequest:
    return draft(member(name="Rosa Delgado"), subject="Towing invoices")


@pytest.fixture
def rosa(rr: RecordsRequest) -> Client:
    return signed_in(rr.created_by)


def colleague(rr: RecordsRequest, name: str = "Tom Whitfield") -> User:
    return member(Role.EDITOR, rr.newsroom, name=name)


def typed_words(rr: RecordsRequest) -> list[str]:
    rows = UnsavedWriting.objects.filter(records_request=rr, is_closed=False)
    return [row.fields["text"] for row in rows.exclude(written_at=None).order_by("pk")]


# -- one save --
def test_one_save_keeps_details_letter_and_files(rr: RecordsRequest, rosa: Client):
    page = opened(rosa, edit_url(rr))
    file = SimpleUploadedFile("list.csv", b"1,2", "text/csv")

    answer = rosa.post(
        edit_url(rr),
        {**page, "do": "save", "subject": "Towing", "text": "Our own words.", "files": file},
    )

    assert (answer.status_code, answer.headers["Location"]) == (303, edit_url(rr))
    rr.refresh_from_db()
    assert (rr.subject, rr.letter_text) == ("Towing", "Our own words.\n")
    assert [enclosed.name for enclosed in rr.attachments.all()] == ["list.csv"]


def test_preview_and_submit_saves_first(rr: RecordsRequest, rosa: Client):
    page = opened(rosa, edit_url(rr))

    answer = sent(rosa, edit_url(rr), page, "submit", text="Our own words.")

    assert answer.headers["Location"] == f"/requests/{rr.public_id}/submit/"
    rr.refresh_from_db()
    assert rr.letter_text == "Our own words.\n"


def test_send_to_review_saves_first(rr: RecordsRequest, rosa: Client):
    rr.newsroom.reviews_before_filing = True
    rr.newsroom.save()
    page = opened(rosa, edit_url(rr))

    sent(rosa, edit_url(rr), page, "review", text="Our own words.")

    rr.refresh_from_db()
    assert (rr.state, rr.letter_text) == ("in_review", "Our own words.\n")


def test_a_page_that_is_refused_shows_all_that_was_typed(rr: RecordsRequest, rosa: Client):
    page = opened(rosa, edit_url(rr))

    answer = sent(rosa, edit_url(rr), page, "save", subject="", text="Our own words.")

    shown = fields_in(answer)
    assert answer.status_code == 422
    assert (shown["subject"], shown["text"].strip()) == ("", "Our own words.")
    rr.refresh_from_db()
    assert rr.subject == "Towing invoices"


# -- kept while it is typed --
def test_words_are_kept_and_said_to_be(rr: RecordsRequest, rosa: Client):
    page = opened(rosa, edit_url(rr))

    answer = sent(rosa, edit_url(rr), page, "keep", text="Our own wor")

    assert (answer.status_code, words_of(answer)) == (200, "Saved 12:00 p.m.")
    assert typed_words(rr) == ["Our own wor"]
    rr.refresh_from_db()
    assert "Our own wor" not in rr.letter_text


def test_a_form_in_which_nothing_was_typed_is_not_said_to_be_saved(
    rr: RecordsRequest, rosa: Client
):
    page = opened(rosa, edit_url(rr))

    answer = sent(rosa, edit_url(rr), page, "keep")

    assert (answer.status_code, words_of(answer)) == (200, "")
    assert typed_words(rr) == []


def test_what_was_typed_stands_in_the_page_when_it_is_opened_again(
    rr: RecordsRequest, rosa: Client
):
    page = opened(rosa, edit_url(rr))
    sent(rosa, edit_url(rr), page, "keep", text="Our own wor", subject="", wants_fee_waiver="on")

    again = rosa.get(edit_url(rr))

    shown = fields_in(again)
    assert (shown["text"], shown["subject"]) == ("Our own wor", "")
    assert shown["wants_fee_waiver"] == "on"
    assert "Here is what you typed until 12:00 p.m. It is kept" in words_of(again)


def test_the_saved_draft_is_a_link_away_and_the_words_are_still_kept(
    rr: RecordsRequest, rosa: Client
):
    page = opened(rosa, edit_url(rr))
    sent(rosa, edit_url(rr), page, "keep", text="Our own wor")

    saved = rosa.get(edit_url(rr) + "?saved=1")

    assert fields_in(saved)["text"].strip() == rr.letter_text.strip()
    assert "Words you typed until 12:00 p.m. are not in it." in words_of(saved)
    assert typed_words(rr) == ["Our own wor"]


def test_typing_on_after_opening_it_again_keeps_one_copy(rr: RecordsRequest, rosa: Client):
    first = opened(rosa, edit_url(rr))
    sent(rosa, edit_url(rr), first, "keep", text="Our own")
    second = opened(rosa, edit_url(rr))

    sent(rosa, edit_url(rr), second, "keep", text="Our own words")

    assert typed_words(rr) == ["Our own words"]


def test_two_tabs_of_one_person_overwrite_nothing(rr: RecordsRequest, rosa: Client):
    left, right = opened(rosa, edit_url(rr)), opened(rosa, edit_url(rr))
    sent(rosa, edit_url(rr), left, "keep", text="Left")

    answer = sent(rosa, edit_url(rr), right, "keep", text="Right")

    assert "You are writing in another tab too, now" in words_of(answer)
    assert typed_words(rr) == ["Left", "Right"]


def test_saved_words_are_kept_nowhere_else(rr: RecordsRequest, rosa: Client):
    page = opened(rosa, edit_url(rr))
    sent(rosa, edit_url(rr), page, "keep", text="Our own words.")

    sent(rosa, edit_url(rr), page, "save", text="Our own words.")
    late = sent(rosa, edit_url(rr), page, "keep", text="Our own wor")

    assert (late.status_code, typed_words(rr)) == (205, [])
    assert late.headers["X-Tab"]


def test_typing_on_in_a_tab_that_was_saved_goes_on_under_a_new_name(
    rr: RecordsRequest, rosa: Client
):
    page = opened(rosa, edit_url(rr))
    sent(rosa, edit_url(rr), page, "save", text="Our own words.")
    tab = sent(rosa, edit_url(rr), page, "keep", text="x").headers["X-Tab"]

    answer = sent(rosa, edit_url(rr), page, "keep", text="Our own words, and more.", tab=tab)

    assert (answer.status_code, typed_words(rr)) == (409, ["Our own words, and more."])


def test_words_in_which_the_line_ends_differ_are_no_change(rr: RecordsRequest, rosa: Client):
    page = opened(rosa, edit_url(rr))

    sent(rosa, edit_url(rr), page, "keep", text=page["text"].replace("\n", "\r\n"))

    assert typed_words(rr) == []


# -- two people --
def test_two_people_at_one_draft_see_each_other(rr: RecordsRequest, rosa: Client):
    tom = signed_in(colleague(rr))
    sent(tom, edit_url(rr), opened(tom, edit_url(rr)), "keep", text="Tom's words")

    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        page = rosa.get(edit_url(rr))
        answer = sent(rosa, edit_url(rr), fields_in(page), "keep", text="Rosa's words")

    assert "Tom Whitfield is editing too, 2 minutes ago" in words_of(page)
    assert words_of(answer) == "Saved 12:02 p.m. Tom Whitfield is editing too, 2 minutes ago"


def test_who_only_has_it_open_is_seen_too_and_not_for_long(rr: RecordsRequest, rosa: Client):
    tom = signed_in(colleague(rr))
    sent(tom, edit_url(rr), opened(tom, edit_url(rr)), "keep")

    now = words_of(rosa.get(edit_url(rr)))
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        later = words_of(rosa.get(edit_url(rr)))

    assert "Tom Whitfield has it open too, now" in now
    assert "Tom Whitfield" not in later


def test_a_copy_on_top_of_an_old_version_is_kept_and_told_so(rr: RecordsRequest, rosa: Client):
    page = opened(rosa, edit_url(rr))
    tom = signed_in(colleague(rr))
    sent(tom, edit_url(rr), opened(tom, edit_url(rr)), "save", text="Tom's words.")

    answer = sent(rosa, edit_url(rr), page, "keep", text="Rosa's words.")

    said = words_of(answer)
    assert answer.status_code == 409
    assert "Tom Whitfield saved another version at 12:00 p.m. Yours is kept, too." in said
    assert "<del>Tom&#x27;s </del>" in answer.content.decode()
    assert typed_words(rr) == ["Rosa's words."]


def test_a_save_on_top_of_an_old_version_overwrites_nothing_and_shows_both(
    rr: RecordsRequest, rosa: Client
):
    page = opened(rosa, edit_url(rr))
    tom = signed_in(colleague(rr))
    sent(tom, edit_url(rr), opened(tom, edit_url(rr)), "save", text="Tom's words.")

    answer = sent(rosa, edit_url(rr), page, "save", text="Rosa's words.")

    assert answer.status_code == 422
    assert "Tom Whitfield saved this draft meanwhile" in words_of(answer)
    assert "<ins>Rosa&#x27;s </ins>" in " ".join(answer.content.decode().split())
    assert fields_in(answer)["text"].strip() == "Rosa's words."
    rr.refresh_from_db()
    assert rr.letter_text == "Tom's words.\n"


def test_who_has_seen_the_difference_saves_on_top_and_both_are_kept(
    rr: RecordsRequest, rosa: Client
):
    page = opened(rosa, edit_url(rr))
    tom = signed_in(colleague(rr))
    sent(tom, edit_url(rr), opened(tom, edit_url(rr)), "save", text="Tom's words.")
    refused = sent(rosa, edit_url(rr), page, "save", text="Rosa's words.")

    again = sent(rosa, edit_url(rr), fields_in(refused), "save")

    assert again.status_code == 303
    kept = rr.draft_versions.order_by("number").values_list("text", flat=True)
    assert list(kept)[1:] == ["Tom's words.\n", "Rosa's words.\n"]


def test_words_on_an_old_version_do_not_fill_the_page_by_themselves(
    rr: RecordsRequest, rosa: Client
):
    sent(rosa, edit_url(rr), opened(rosa, edit_url(rr)), "keep", text="Rosa's words.")
    rewritten(rr, "Tom's words.")
    [row] = UnsavedWriting.objects.exclude(written_at=None)

    page, chosen = rosa.get(edit_url(rr)), rosa.get(f"{edit_url(rr)}?words={row.pk}")

    assert fields_in(page)["text"].strip() == "Tom's words."
    assert "Words you typed until 12:00 p.m. are not in it." in words_of(page)
    assert fields_in(chosen)["text"].strip() == "Rosa's words."
    assert "saved another version" in words_of(chosen)


@pytest.mark.parametrize("do", ["save", "keep"])
def test_words_typed_into_what_was_filed_meanwhile_are_kept(
    rr: RecordsRequest, rosa: Client, do: str
):
    page = opened(rosa, edit_url(rr))
    found = {"to": "clerk@stamford.example", "source": "a call", "checked_on": "2026-11-02"}
    signed_in(colleague(rr)).post(
        f"/requests/{rr.public_id}/submit/", {"channel": "email", "version": "1", **found}
    )
    assert Delivery.objects.count() == 1

    answer = sent(rosa, edit_url(rr), page, do, text="And one more thing.")

    assert answer.status_code == {"save": 303, "keep": 409}[do]
    assert typed_words(rr) == ["And one more thing."]
    assert "And one more thing." in words_of(
        rosa.get(f"/requests/{rr.public_id}/versions/?new=words-{_row(rr).pk}")
    )


def _row(rr: RecordsRequest) -> UnsavedWriting:
    return UnsavedWriting.objects.get(records_request=rr, is_closed=False, written_at__isnull=False)


def test_another_newsrooms_draft_takes_no_words(rr: RecordsRequest, rosa: Client):
    page = opened(rosa, edit_url(rr))
    stranger = signed_in(member(Role.ADMIN))

    answer = sent(stranger, edit_url(rr), page, "keep", text="Not theirs.")

    assert (answer.status_code, UnsavedWriting.objects.count()) == (404, 0)


def test_words_of_one_person_are_not_kept_under_anothers_name(rr: RecordsRequest, rosa: Client):
    """As when somebody else signs in, in another tab of the same browser."""
    page = opened(rosa, edit_url(rr))
    tom = signed_in(colleague(rr))

    answer = sent(tom, edit_url(rr), page, "keep", text="Rosa's words.")

    assert (answer.status_code, UnsavedWriting.objects.count()) == (401, 0)
    assert "Somebody else is signed in here now." in words_of(answer)


def test_only_ones_own_words_fill_the_page(rr: RecordsRequest, rosa: Client):
    sent(rosa, edit_url(rr), opened(rosa, edit_url(rr)), "keep", text="Rosa's words.")
    tom: Any = signed_in(colleague(rr))

    page = tom.get(f"{edit_url(rr)}?words={_row(rr).pk}")

    assert fields_in(page)["text"].strip() == rr.letter_text.strip()
