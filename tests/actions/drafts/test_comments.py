"""An editor's comments: each on a paragraph's own words, and settled by whoever saw to it."""

import pytest

from requests_app.actions.drafts import comments
from requests_app.actions.drafts.comments import Remark
from requests_app.actions.errors import Refused
from requests_app.actions.requests import review
from requests_app.ledger.attribution import Attribution
from requests_app.models import RecordsRequest, ReviewComment, Role, User
from tests.factories import NOW, acting, draft, member, rewritten

pytestmark = pytest.mark.django_db
TEXT = "Dear Clerk:\n\nWe ask for the reports.\n\nThank you."


def in_review() -> tuple[RecordsRequest, User]:
    request = rewritten(draft(), TEXT)
    review.send_to_review(request, **acting(request))
    return request, member(Role.EDITOR, request.newsroom)


def returned(*remarks: Remark, note: str = "") -> RecordsRequest:
    request, editor = in_review()
    review.return_to_draft(request, by=Attribution(editor, NOW), note=note, remarks=remarks)
    return request


def test_a_draft_is_returned_with_comments_alone():
    request = returned(Remark("We ask for the reports.", "Of which years?"))

    [comment] = comments.open_comments(request)

    assert (comment.text, comment.paragraph) == ("Of which years?", "We ask for the reports.")
    assert (comment.version.number, comment.version.kind) == (4, "returned")
    assert request.events.last().data == {"text": "", "comments": 1}


def test_neither_note_nor_comment_returns_nothing():
    with pytest.raises(Refused, match="Say what should change"):
        returned(Remark("Thank you.", "  "))


def test_a_comment_on_a_paragraph_that_is_not_there_is_refused_and_nothing_is_returned():
    request, editor = in_review()
    remarks = [Remark("We ask for the videos.", "No.")]

    with pytest.raises(Refused, match="not in this letter"):
        review.return_to_draft(request, by=Attribution(editor, NOW), note="", remarks=remarks)

    request.refresh_from_db()
    assert (request.state, ReviewComment.objects.count()) == ("in_review", 0)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        (TEXT, True),
        ("Dear Clerk:\n\nWe ask\nfor  the reports.", True),
        ("Dear Clerk:\n\nWe ask for the reports of 2025.", False),
        ("", False),
    ],
)
def test_a_comment_knows_whether_its_paragraph_still_stands(text: str, stands: bool):
    request = returned(Remark("We ask for the reports.", "Of which years?"))

    assert comments.open_comments(request)[0].stands_in(text) is stands


def test_what_is_settled_is_open_no_longer_and_says_who_settled_it():
    request = returned(Remark("Thank you.", "Drop it."))
    [comment] = comments.open_comments(request)

    comments.settle(request, [comment.pk], **acting(request))

    assert comments.open_comments(request) == []
    kept = ReviewComment.objects.get()
    assert (kept.settled_by, kept.settled_at) == (request.created_by, NOW)


def test_a_comment_on_another_request_is_not_settled_from_here():
    request, other = returned(Remark("Thank you.", "Drop it.")), draft()
    [comment] = comments.open_comments(request)

    comments.settle(other, [comment.pk], **acting(other))

    assert comments.open_comments(request) == [comment]


def test_comments_are_settled_while_it_is_a_draft():
    request = returned(Remark("Thank you.", "Drop it."))
    [comment] = comments.open_comments(request)
    review.send_to_review(request, **acting(request))

    with pytest.raises(Refused, match="This is in review"):
        comments.settle(request, [comment.pk], **acting(request))
