"""A draft's versions: kept at each save, compared and swapped, never lost."""

import pytest
from django.db import DatabaseError, transaction

from requests_app.actions.drafts import versions
from requests_app.actions.drafts.versions import OutdatedError
from requests_app.actions.errors import Refused
from requests_app.actions.requests import drafting, review, submission
from requests_app.ledger.attribution import Attribution
from requests_app.models import Delivery, DraftVersion, RecordsRequest, RequestState, Role
from tests.factories import BY_EMAIL, NOW, acting, content_of, draft, member, rewritten

pytestmark = pytest.mark.django_db


def kept(request: RecordsRequest) -> list[tuple[int, str]]:
    return list(request.draft_versions.values_list("number", "kind"))


def test_a_draft_begins_with_its_first_version():
    request = draft()

    version = request.draft_versions.get()

    assert (version.number, version.kind) == (1, "begun")
    assert (version.text, version.saved_by) == (request.letter_text, request.created_by)
    assert version.details == {
        "office_role": "city_clerk",
        "subject": "Use-of-force reports",
        "track": "",
        "particulars": request.particulars,
    }


def test_a_save_that_changes_something_is_a_version_and_one_that_changes_nothing_is_none():
    request = rewritten(draft(), "Dear Clerk: one.")

    drafting.save(request, content_of(request), **acting(request))

    assert kept(request) == [(1, "begun"), (2, "saved")]


def test_who_saves_on_top_of_an_old_version_is_told_and_overwrites_nothing():
    request = draft()
    tom = member(newsroom=request.newsroom, name="Tom Whitfield")
    drafting.save(
        request, content_of(request, text="Tom's words."), by=Attribution(tom, NOW), version=1
    )

    with pytest.raises(OutdatedError, match="Tom Whitfield saved this draft") as refusal:
        drafting.save(
            request, content_of(request, text="Rosa's words."), version=1, **acting(request)
        )

    assert refusal.value.version.text == "Tom's words.\n"
    request.refresh_from_db()
    assert request.letter_text == "Tom's words.\n"


def test_who_has_seen_the_other_version_may_save_over_it_and_both_are_kept():
    request = rewritten(draft(), "Tom's words.")

    drafting.save(request, content_of(request, text="Rosa's words."), version=2, **acting(request))

    assert [version.text for version in request.draft_versions.all()[1:]] == [
        "Tom's words.\n",
        "Rosa's words.\n",
    ]


def test_review_and_return_are_versions():
    request = draft()
    editor = Attribution(member(Role.EDITOR, request.newsroom), NOW)

    review.send_to_review(request, **acting(request))
    review.return_to_draft(request, by=editor, note="Name the years.")

    assert kept(request) == [(1, "begun"), (2, "sent_to_review"), (3, "returned")]


def test_what_is_filed_is_what_was_looked_at():
    request = rewritten(draft(), "Other words.")

    with pytest.raises(OutdatedError, match="as version 2"):
        submission.submit(
            request,
            by=Attribution(request.created_by, NOW),
            sending=BY_EMAIL,
            version=1,
        )

    request.refresh_from_db()
    assert (request.state, Delivery.objects.count()) == (RequestState.DRAFT, 0)


def test_who_has_the_current_version_before_them_files_it():
    request = rewritten(draft(), "Other words.")

    submission.submit(request, by=Attribution(request.created_by, NOW), sending=BY_EMAIL, version=2)

    assert Delivery.objects.get().letter.text == "Other words.\n"


def test_what_was_set_aside_is_no_version_of_the_draft():
    request = draft()

    versions.set_aside(request, text="Or so?", details={}, **acting(request))

    assert kept(request) == [(1, "begun"), (2, "set_aside")]
    assert versions.current_number(request) == 1
    assert rewritten(request, "Not so.").draft_versions.last().number == 3


def test_a_request_without_versions_can_be_saved():
    """Such as one of a table that a bench filled."""
    request = draft()
    assert versions.current_number(RecordsRequest(pk=0)) == 0

    drafting.save(request, content_of(request, text="Mine."), **acting(request))

    assert versions.current_number(request) == 2


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_lets_nobody_change_a_version(change: str):
    draft()
    rows = DraftVersion.objects.all()

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(text="Never said.") if change == "update" else rows.delete()


def test_an_editor_approves_what_they_have_read():
    request = draft()
    review.send_to_review(request, **acting(request))
    editor = Attribution(member(Role.EDITOR, request.newsroom), NOW)

    with pytest.raises(Refused, match="as version 2"):
        review.approve(request, by=editor, version=1)

    request.refresh_from_db()
    assert request.state == RequestState.IN_REVIEW
