"""Who may do what, as a table: every verb is in it, and every role."""

import pytest
from django.core.exceptions import PermissionDenied

from requests_app.models import Role
from requests_app.permissions import PREDICATES, WHO, may, require
from tests.factories import draft, member, submitted

pytestmark = pytest.mark.django_db

# verb: reporter on their own, reporter on another's, researcher, editor, admin
TABLE = {
    "begin_request": (True, True, False, True, True),
    "edit_request": (True, False, False, True, True),
    "discard_draft": (True, False, False, True, True),
    "send_to_review": (True, False, False, True, True),
    "approve_request": (False, False, False, True, True),
    "return_request": (False, False, False, True, True),
    "assign_request": (False, False, False, True, True),
    "share_request": (True, False, False, True, True),
    "add_note": (True, False, True, True, True),
    "make_case_file": (True, False, True, True, True),
    "correct_entry": (False, False, False, True, True),  # and whoever recorded it: see below
    "submit_request": (True, False, False, True, True),
    "hand_over": (True, False, False, True, True),
    "retry_delivery": (True, False, False, True, True),
    "change_approved_letter": (True, False, False, True, True),
    "confirm_delivery": (True, False, False, True, True),
    "bounce_delivery": (True, False, False, True, True),
    "recall_delivery": (True, False, False, True, True),
    "end_link": (True, False, False, True, True),
    "read_inbox": (True, True, False, True, True),
    "file_mail": (True, False, False, True, True),
    "set_mail_aside": (True, True, False, True, True),
    "open_raw_mail": (True, True, False, True, True),
    "release_file": (False, False, False, False, True),
    "erase_content": (False, False, False, False, True),
    "record_answer": (True, False, False, True, True),
    "reply_to_city": (True, False, False, True, True),
    "announce_suit": (False, False, False, True, True),
    "treat_as_denial": (True, False, False, True, True),
    "end_request": (True, False, False, True, True),
    "draft_appeal": (True, False, True, True, True),
    "edit_appeal": (True, False, True, True, True),
    "file_appeal": (True, False, False, True, True),
    "decide_appeal": (True, False, True, True, True),
    "withdraw_appeal": (True, False, True, True, True),
    "enter_challenge_day": (True, False, True, True, True),
    "log_appeal": (True, True, True, True, True),
    "correct_log_entry": (True, False, True, True, True),  # whoever entered it: here a draft's
    "import_log": (False, False, True, True, True),
    "export_log": (False, False, True, True, True),
    "export_personal_data": (False, False, False, True, True),
    "keep_project": (True, True, True, True, True),
    "put_into_project": (True, True, True, True, True),
    "keep_codebook": (False, False, True, True, True),
    "assign_coders": (False, False, True, True, True),
    "code_entry": (True, True, True, True, True),
    "resolve_codes": (False, False, True, True, True),
    "offer_decision": (False, False, False, True, True),
    "enter_office": (True, True, True, True, True),
    "enter_closure": (True, True, True, True, True),
    "see_coverage": (False, False, False, True, True),
    "set_portal": (False, False, False, True, True),
    "keep_city_form": (False, False, False, True, True),
    "keep_paragraphs": (False, False, False, True, True),
    "word_letters": (False, False, False, True, True),
    "keep_logo": (False, False, False, False, True),
    "keep_signature": (True, True, True, True, True),
    "publish_scorecards": (False, False, False, False, True),
    "manage_members": (False, False, False, False, True),
    "change_settings": (False, False, False, False, True),
}
OF_THE_NEWSROOM = {
    "read_inbox", "set_mail_aside", "open_raw_mail", "release_file", "erase_content",
    "begin_request", "enter_office", "enter_closure", "keep_city_form", "keep_paragraphs",
    "word_letters", "keep_logo", "keep_signature", "manage_members", "change_settings",
    "see_coverage", "set_portal", "log_appeal", "publish_scorecards", "import_log", "export_log",
    "export_personal_data",
}  # fmt: skip


def test_permissions_are_as_listed() -> None:
    reporter = member()
    newsroom = reporter.membership.newsroom
    rr = draft(reporter)
    people = [
        reporter,
        member(newsroom=newsroom),
        member(Role.RESEARCHER, newsroom),
        member(Role.EDITOR, newsroom),
        member(Role.ADMIN, newsroom),
    ]

    found = {verb: tuple(may(person, verb, rr) for person in people) for verb in PREDICATES}

    assert found == TABLE


def test_an_entry_is_corrected_by_whoever_recorded_it_and_by_editors() -> None:
    rr = draft()
    entry = rr.events.get()
    colleague, editor = member(newsroom=rr.newsroom), member(Role.EDITOR, rr.newsroom)
    rr.shared_with.add(colleague)

    assert may(rr.created_by, "correct_entry", entry)
    assert may(editor, "correct_entry", entry)
    assert not may(colleague, "correct_entry", entry)
    assert not may(member(Role.EDITOR), "correct_entry", entry)


def test_nothing_of_another_newsroom_may_be_touched() -> None:
    rr, stranger = draft(), member(Role.ADMIN)

    allowed = {verb for verb in PREDICATES if may(stranger, verb, rr)}

    assert allowed == OF_THE_NEWSROOM  # which never look at a request


@pytest.mark.tampered
def test_a_shared_request_and_an_assigned_one_may_be_worked_on() -> None:
    rr = draft()
    colleague, assignee = (member(newsroom=rr.newsroom) for _ in range(2))
    rr.shared_with.add(colleague)
    rr.assigned_to = assignee
    rr.save()

    assert may(colleague, "submit_request", rr)
    assert may(assignee, "submit_request", rr)


def test_what_was_approved_is_changed_by_an_editor_where_the_newsroom_reviews() -> None:
    rr = draft()
    rr.newsroom.reviews_before_filing = True
    rr.newsroom.save()

    assert not may(rr.created_by, "change_approved_letter", rr)
    assert may(member(Role.EDITOR, rr.newsroom), "change_approved_letter", rr)
    assert not may(member(Role.EDITOR), "change_approved_letter", rr)


def test_a_superuser_and_an_inactive_editor_have_no_way_around() -> None:
    rr = draft()
    operator = member(is_superuser=True, is_staff=True)
    gone = member(Role.EDITOR, rr.newsroom, is_active=False)

    assert not may(operator, "edit_request", rr)
    assert not may(gone, "edit_request", rr)
    assert not may(gone, "enter_office")


def test_require_says_who_may() -> None:
    rr = draft()

    with pytest.raises(PermissionDenied) as refused:
        require(rr.created_by, "approve_request", rr)

    assert str(refused.value) == "To approve request, ask an editor or an admin."


def test_require_lets_those_pass_who_may() -> None:
    rr = draft()

    require(rr.created_by, "submit_request", rr)
    require(rr.created_by, "begin_request")


def test_what_belongs_to_a_request_is_as_the_request() -> None:
    """A delivery, here; an appeal or a letter has its request under the same name."""
    rr = submitted()
    delivery = rr.deliveries.get()

    assert may(rr.created_by, "recall_delivery", delivery)
    assert not may(member(newsroom=rr.newsroom), "recall_delivery", delivery)
    assert not may(member(Role.EDITOR), "recall_delivery", delivery)


def test_what_belongs_to_no_request_is_nobodys_to_work_on() -> None:
    assert not may(member(Role.EDITOR), "recall_delivery", object())


def test_every_predicate_has_its_sentence() -> None:
    assert set(PREDICATES.values()) == set(WHO)
