"""Versions compared, a letter reviewed by paragraphs, a draft discarded, a letter filed."""

from typing import Any

import pytest
from django.test import Client

from requests_app.actions.requests import appeals, review
from requests_app.models import Delivery, RecordsRequest, ReviewComment, Role, UnsavedWriting, User
from tests.factories import acting, draft, in_state, member, rewritten
from tests.views.conftest import signed_in
from tests.views.drafts.pages import edit_url, fields_in, opened, sent, words_of

pytestmark = pytest.mark.django_db
TEXT = "Dear Clerk:\n\nWe ask for the reports.\n\nThank you."
FOUND = {"to": "clerk@stamford.example", "source": "a call", "checked_on": "2026-11-02"}


@pytest.fixture
def rr() -> RecordsRequest:
    request = draft(member(name="Rosa Delgado"), subject="Towing invoices")
    request.newsroom.reviews_before_filing = True
    request.newsroom.save()
    return rewritten(request, TEXT)


def at(rr: RecordsRequest, rest: str = "") -> str:
    return f"/requests/{rr.public_id}/{rest}"


def editor_of(rr: RecordsRequest) -> User:
    return member(Role.EDITOR, rr.newsroom, name="Grace Okafor")


def flat(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


# -- versions --
def test_the_last_version_is_compared_with_the_one_before(rr: RecordsRequest):
    rewritten(rr, TEXT.replace("the reports", "all reports"))

    page = flat(signed_in(rr.created_by).get(at(rr, "versions/")))

    assert "<span>We ask for </span><del>the </del><ins>all </ins><span>reports.</span>" in page
    assert "from version 2: saved to version 3: saved" in page


def test_any_two_versions_are_compared(rr: RecordsRequest):
    rewritten(rr, "Something else.")

    page = flat(signed_in(rr.created_by).get(at(rr, "versions/?old=3&new=2")))

    assert "<del>Something else.</del>" in page or "<del>Something else. </del>" in page
    assert "from version 3: saved to version 2: saved" in page


def test_an_earlier_version_is_written_on_and_the_later_stays(rr: RecordsRequest):
    rosa = signed_in(rr.created_by)
    first = opened(rosa, edit_url(rr))
    sent(rosa, edit_url(rr), first, "save", text="Worse.", subject="Other", wants_fee_waiver="on")

    page = opened(rosa, edit_url(rr) + "?version=2")
    sent(rosa, edit_url(rr), page, "save")

    assert "wants_fee_waiver" not in page
    rr.refresh_from_db()
    assert (rr.subject, rr.letter_text) == ("Towing invoices", TEXT + "\n")
    assert [version.text for version in rr.draft_versions.all()[1:]] == [
        TEXT + "\n",
        "Worse.\n",
        TEXT + "\n",
    ]


def test_changed_details_are_named(rr: RecordsRequest):
    rosa = signed_in(rr.created_by)
    page = opened(rosa, edit_url(rr))
    sent(rosa, edit_url(rr), page, "save", subject="Towing", fee_limit="25", what="invoices")

    said = words_of(rosa.get(at(rr, "versions/")))

    assert "Subject Towing invoices Towing" in said
    assert "Write to us before it costs more than 25" in said
    assert "Which records? every use-of-force report of 2025 invoices" in said


@pytest.mark.parametrize("asked", ["old=2&new=99", "old=words-1", "old=x&new=y"])
def test_what_is_not_there_is_not_compared(rr: RecordsRequest, asked: str):
    answer = signed_in(rr.created_by).get(at(rr, f"versions/?{asked}"))

    assert answer.status_code == 200
    assert answer.context["compared"] is None


def test_a_researcher_reads_versions_and_nobodys_unsaved_words(rr: RecordsRequest):
    rosa = signed_in(rr.created_by)
    sent(rosa, edit_url(rr), opened(rosa, edit_url(rr)), "keep", text="Half a thought")
    [row] = UnsavedWriting.objects.exclude(written_at=None)
    address = at(rr, f"versions/?new=words-{row.pk}")

    editor, researcher = signed_in(editor_of(rr)), signed_in(member(Role.RESEARCHER, rr.newsroom))

    assert "Half a thought" in words_of(editor.get(address))
    assert "Half a thought" not in words_of(researcher.get(address))
    assert signed_in(member(Role.ADMIN)).get(address).status_code == 404


# -- review --
def in_review(rr: RecordsRequest) -> tuple[Client, dict[str, str]]:
    review.send_to_review(rr, **acting(rr))
    grace = signed_in(editor_of(rr))
    return grace, opened(grace, at(rr, "review/letter/"))


def test_an_editor_returns_a_letter_with_a_comment_beside_its_paragraph(rr: RecordsRequest):
    grace, page = in_review(rr)

    answer = grace.post(at(rr, "return/"), {**page, "comment_1": "Of which years?"})

    assert answer.status_code == 303
    comment = ReviewComment.objects.get()
    assert (comment.paragraph, comment.text) == ("We ask for the reports.", "Of which years?")
    said = words_of(signed_in(rr.created_by).get(edit_url(rr)))
    assert "We ask for the reports. Grace Okafor: Of which years? Find it in the letter" in said


def test_a_comment_whose_paragraph_changed_says_so(rr: RecordsRequest):
    grace, page = in_review(rr)
    grace.post(at(rr, "return/"), {**page, "comment_1": "Of which years?"})
    rewritten(rr, TEXT.replace("reports", "reports of 2025"))

    said = words_of(signed_in(rr.created_by).get(edit_url(rr)))

    assert "Of which years? this paragraph has changed since Seen to" in said


def test_comments_that_were_seen_to_are_settled_by_the_one_save(rr: RecordsRequest):
    grace, page = in_review(rr)
    grace.post(at(rr, "return/"), {**page, "comment_1": "Of which years?"})
    rosa = signed_in(rr.created_by)
    settled = str(ReviewComment.objects.get().pk)

    sent(rosa, edit_url(rr), opened(rosa, edit_url(rr)), "save", settled=settled)

    assert ReviewComment.objects.get().settled_by == rr.created_by
    assert "Of which years?" not in words_of(rosa.get(edit_url(rr)))


def test_a_review_that_says_nothing_returns_nothing_and_shows_its_page(rr: RecordsRequest):
    grace, page = in_review(rr)

    answer = grace.post(at(rr, "return/"), page)

    assert answer.status_code == 422
    assert "Say what should change" in words_of(answer)
    rr.refresh_from_db()
    assert rr.state == "in_review"


def test_what_an_editor_types_is_kept(rr: RecordsRequest):
    grace, page = in_review(rr)
    url = at(rr, "review/letter/")
    sent(grace, url, page, "keep", comment_1="Of which y", note="Nearly.")

    again = opened(grace, url)

    assert (again["comment_1"], again["note"]) == ("Of which y", "Nearly.")
    assert again["version"] == page["version"]


def test_a_letter_that_comes_back_shows_what_changed_since(rr: RecordsRequest):
    grace, page = in_review(rr)
    grace.post(at(rr, "return/"), {**page, "note": "Which years?"})
    rewritten(rr, TEXT.replace("reports", "reports of 2025"))
    review.send_to_review(rr, **acting(rr))

    answer = grace.get(at(rr, "review/letter/"))

    assert "What changed since version 4, when Grace Okafor returned it" in words_of(answer)
    assert "<ins>reports of 2025.</ins>" in flat(answer)


def test_an_old_page_approves_nothing_that_its_editor_has_not_read(rr: RecordsRequest):
    grace, page = in_review(rr)
    grace.post(at(rr, "return/"), {**page, "note": "Which years?"})
    rewritten(rr, "Other words.")
    review.send_to_review(rr, **acting(rr))

    answer = grace.post(at(rr, "approve/"), page)

    assert answer.status_code == 422
    rr.refresh_from_db()
    assert rr.state == "in_review"


def test_what_is_no_longer_in_review_has_no_review_page(rr: RecordsRequest):
    answer = signed_in(editor_of(rr)).get(at(rr, "review/letter/"), follow=True)

    assert "This is draft: there is no review." in words_of(answer)


# -- discarded --
def test_a_discarded_draft_leaves_board_and_list_and_is_found_by_its_state(rr: RecordsRequest):
    rosa = signed_in(rr.created_by)

    rosa.post(at(rr, "discard/"))

    assert "Towing invoices" not in words_of(rosa.get("/"))
    assert "Towing invoices" not in words_of(rosa.get("/requests/"))
    assert "Towing invoices" not in words_of(rosa.get("/requests/?q=towing"))
    assert "Towing invoices" in words_of(rosa.get("/requests/?state=discarded"))


def test_it_is_brought_back_from_its_page(rr: RecordsRequest):
    rosa = signed_in(rr.created_by)
    rosa.post(at(rr, "discard/"))
    page = words_of(rosa.get(at(rr)))

    rosa.post(at(rr, "bring-back/"))

    assert "This draft was discarded on Mon Nov 2: nothing was sent." in page
    assert "Bring it back" in page
    assert "Towing invoices" in words_of(rosa.get("/requests/"))


@pytest.mark.parametrize("rest", ["discard/", "bring-back/"])
def test_another_newsroom_does_neither(rr: RecordsRequest, rest: str):
    assert signed_in(member(Role.ADMIN)).post(at(rr, rest)).status_code == 404


# -- filing --
def test_who_files_sees_what_somebody_saved_meanwhile(rr: RecordsRequest):
    rr.newsroom.reviews_before_filing = False
    rr.newsroom.save()
    rosa = signed_in(rr.created_by)
    shown = {"channel": "email", "version": "2", **FOUND}
    rewritten(rr, TEXT.replace("the reports", "all reports"))

    answer = rosa.post(at(rr, "submit/"), shown)

    assert answer.status_code == 422
    assert "Rosa Delgado saved another version" in words_of(answer)
    assert "<del>the </del><ins>all </ins>" in flat(answer)
    assert Delivery.objects.count() == 0
    assert 'name="version" value="3"' in answer.content.decode()
    assert rosa.post(at(rr, "submit/"), {**shown, "version": "3"}).status_code == 303
    assert "all reports" in Delivery.objects.get().letter.text


def test_nothing_is_filed_by_a_page_that_showed_no_version(rr: RecordsRequest):
    answer = signed_in(rr.created_by).post(at(rr, "submit/"), {"channel": "email", **FOUND})

    assert answer.status_code == 422
    assert "Open this page again" in words_of(answer)


def test_who_files_is_told_of_words_that_stay_behind(rr: RecordsRequest):
    rosa = signed_in(rr.created_by)
    sent(rosa, edit_url(rr), opened(rosa, edit_url(rr)), "keep", text="And the videos.")

    said = words_of(rosa.get(at(rr, "submit/")))

    assert "Rosa Delgado typed words into this draft until 12:00 p.m. that are not saved" in said


# -- other letters --
def test_an_appeals_letter_and_a_reply_are_kept_while_they_are_typed():
    denied, waiting = in_state("denied"), in_state("submitted")
    appeal = appeals.draft(denied, route="foic", **acting(denied))
    pages = {
        f"/appeals/{appeal.pk}/edit/": denied.created_by,
        at(waiting, "record/follow-up/"): waiting.created_by,
    }

    for url, person in pages.items():
        client = signed_in(person)
        answer = sent(client, url, opened(client, url), "keep", text="Our own words.")

        assert words_of(answer) == "Saved 12:00 p.m."
        assert fields_in(client.get(url))["text"] == "Our own words."


def test_a_reply_that_was_sent_waits_nowhere_else():
    waiting = in_state("submitted")
    url, client = at(waiting, "record/follow-up/"), signed_in(waiting.created_by)
    page = opened(client, url)
    sent(client, url, page, "keep", text="Our own words.")

    done = sent(client, url, page, "", text="Our own words.", **FOUND)

    assert done.status_code == 303
    assert UnsavedWriting.objects.exclude(written_at=None).count() == 0


def test_two_people_at_one_appeal_overwrite_nothing():
    denied = in_state("denied")
    appeal = appeals.draft(denied, route="foic", **acting(denied))
    url = f"/appeals/{appeal.pk}/edit/"
    rosa, grace = signed_in(denied.created_by), signed_in(editor_of(denied))
    page = opened(rosa, url)
    sent(grace, url, opened(grace, url), "save", text="Grace's words.")

    refused = sent(rosa, url, page, "save", text="Rosa's words.")

    assert refused.status_code == 422
    assert "Somebody saved this letter meanwhile" in words_of(refused)
    appeal.refresh_from_db()
    assert appeal.letter_text == "Grace's words.\n"
    assert sent(rosa, url, fields_in(refused), "save").status_code == 303
