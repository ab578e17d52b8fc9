"""Ways around an editor's approval, each tried: none lets out what the editor did not see."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from requests_app.actions.drafts import discarding, versions
from requests_app.actions.errors import Refused
from requests_app.actions.requests import attachments, corrections, drafting, review, submission
from requests_app.actions.sending import deliveries, kept_apart, our_letters
from requests_app.actions.sending.our_letters import OurLetter
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Copy, FoundAddress, Sending
from requests_app.models import (
    Attachment,
    Channel,
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    Newsroom,
    RecordsRequest,
    Role,
    User,
)
from tests.api.callers import with_token
from tests.factories import BY_EMAIL, NOW, draft, let_go, member, office_known, rewritten
from tests.views.conftest import _monday, _plain_http, signed_in  # noqa: F401  as for the pages
from tests.views.drafts.pages import opened

pytestmark = pytest.mark.django_db
ELSEWHERE = "someone@elsewhere.example"
UNSEEN = "Dear Clerk:\n\nWords that no editor read."
NOT_SEEN = "did not see that it goes to someone@elsewhere.example"


@pytest.fixture
def newsroom() -> Newsroom:
    room = member(Role.ADMIN).membership.newsroom
    room.reviews_before_filing, room.recall_minutes = True, 3
    room.save()
    office_known(room)
    return room


@pytest.fixture
def reporter(newsroom: Newsroom) -> User:
    return member(Role.REPORTER, newsroom)


@pytest.fixture
def editor(newsroom: Newsroom) -> User:
    return member(Role.EDITOR, newsroom)


def by(user: User) -> Attribution:
    return Attribution(user, NOW)


@pytest.fixture
def approved(reporter: User, editor: User) -> RecordsRequest:
    request = draft(reporter)
    csv = SimpleUploadedFile("seen.csv", b"1,2", "text/csv")
    drafting.attach_enclosures(request, by=by(reporter), files=[csv])
    review.send_to_review(request, by=by(reporter))
    review.approve(request, by=by(editor))
    return request


def check_nothing_left(request: RecordsRequest) -> None:
    request.refresh_from_db()
    assert request.state == "approved"
    assert not Delivery.objects.exists()
    assert not request.letters.exists()


# -- where it goes --
def test_reporter_submits_to_what_the_editor_saw(approved: RecordsRequest, reporter: User):
    delivery = submission.submit(approved, by=by(reporter), sending=BY_EMAIL)

    assert (delivery.to, delivery.state) == (BY_EMAIL.to, DeliveryState.QUEUED)


@pytest.mark.parametrize(
    "sending",
    [
        Sending(Channel.EMAIL, ELSEWHERE),
        Sending(Channel.EMAIL, ELSEWHERE, found=FoundAddress("a call", NOW.date())),
        replace(BY_EMAIL, copies=(Copy.by_email(ELSEWHERE),)),
        # One channel's address is not approved for another's.
        Sending(Channel.PORTAL, ELSEWHERE),
    ],
    ids=["to", "to, with a source", "copy", "channel"],
)
def test_reporter_submits_it_nowhere_else(
    approved: RecordsRequest, reporter: User, sending: Sending
):
    with pytest.raises(Refused, match=NOT_SEEN):
        submission.submit(approved, by=by(reporter), sending=sending)

    check_nothing_left(approved)


def test_reporter_hands_it_to_nobody_else(approved: RecordsRequest, reporter: User):
    handed = Sending(Channel.IN_PERSON, "1 Other Street", handed_over_on=NOW.date())

    with pytest.raises(Refused, match="did not see that it goes to 1 Other Street"):
        submission.submit(approved, by=by(reporter), sending=handed)

    check_nothing_left(approved)


def test_editor_may_submit_it_elsewhere(approved: RecordsRequest, editor: User):
    delivery = submission.submit(approved, by=by(editor), sending=Sending(Channel.EMAIL, ELSEWHERE))

    assert delivery.to == ELSEWHERE


def test_the_offices_address_changed_after_approval_is_another_address(
    approved: RecordsRequest, reporter: User, newsroom: Newsroom
):
    office_known(newsroom, ELSEWHERE)

    with pytest.raises(Refused, match=NOT_SEEN):
        submission.submit(approved, by=by(reporter), sending=Sending(Channel.EMAIL, ELSEWHERE))

    check_nothing_left(approved)


@pytest.mark.usefixtures("_monday", "_plain_http")
def test_neither_page_nor_api_submits_it_elsewhere(approved: RecordsRequest, reporter: User):
    office_known(approved.newsroom, ELSEWHERE)
    said = {"channel": "email", "version": str(versions.current_number(approved))}
    program = with_token(reporter)
    etag = program.get(reverse("api_draft", args=[approved.public_id])).headers["ETag"]

    page = signed_in(reporter).post(reverse("request_submit", args=[approved.public_id]), said)
    call = program.post(
        reverse("api_submit", args=[approved.public_id]),
        {"channel": "email"},
        "application/json",
        headers={"If-Match": etag},
    )

    assert (page.status_code, call.status_code) == (422, 409)
    assert NOT_SEEN in page.content.decode()
    assert NOT_SEEN in call.content.decode()
    check_nothing_left(approved)


@pytest.mark.usefixtures("_monday", "_plain_http")
def test_an_address_changed_under_an_open_review_is_not_approved(
    newsroom: Newsroom, reporter: User, editor: User
):
    request = draft(reporter)
    review.send_to_review(request, by=by(reporter))
    grace = signed_in(editor)
    page = opened(grace, reverse("review_page", args=[request.public_id]))
    office_known(newsroom, ELSEWHERE)

    answer = grace.post(reverse("approve", args=[request.public_id]), page)

    assert "where it may go, changed since you opened the page" in answer.content.decode()
    request.refresh_from_db()
    assert request.state == "in_review"


@pytest.mark.usefixtures("_monday", "_plain_http")
def test_the_review_shows_where_it_may_go_and_is_not_approved_unopened(
    reporter: User, editor: User
):
    request = draft(reporter)
    review.send_to_review(request, by=by(reporter))
    grace = signed_in(editor)

    shown = grace.get(reverse("review_page", args=[request.public_id])).content.decode()
    blind = grace.post(reverse("approve", args=[request.public_id]), {"note": "yes"})

    assert BY_EMAIL.to in shown
    assert "Open the review again" in blind.content.decode()
    request.refresh_from_db()
    assert request.state == "in_review"


# -- its words and files --
def test_words_changed_beneath_the_approval_do_not_leave(approved: RecordsRequest, editor: User):
    RecordsRequest.objects.filter(pk=approved.pk).update(letter_text=UNSEEN)

    with pytest.raises(Refused, match="words are not those that an editor approved"):
        submission.submit(approved, by=by(editor), sending=BY_EMAIL)

    approved.refresh_from_db()
    check_nothing_left(approved)


def test_what_is_asked_changed_beneath_the_approval_does_not_leave(
    approved: RecordsRequest, reporter: User
):
    RecordsRequest.objects.filter(pk=approved.pk).update(particulars={"what": "everything"})

    with pytest.raises(Refused, match="words are not those"):
        submission.submit(approved, by=by(reporter), sending=BY_EMAIL)

    check_nothing_left(approved)


def test_another_file_after_the_approval_does_not_leave(approved: RecordsRequest, reporter: User):
    more = SimpleUploadedFile("more.csv", b"3,4", "text/csv")
    attachments.attach(approved, [more], by=by(reporter), is_enclosure=True)

    with pytest.raises(Refused, match="files that go with the letter are not those"):
        submission.submit(approved, by=by(reporter), sending=BY_EMAIL)

    check_nothing_left(approved)


def test_a_file_released_after_the_approval_does_not_leave_unseen(
    newsroom: Newsroom, reporter: User, editor: User
):
    request = draft(reporter)
    csv = SimpleUploadedFile("apart.csv", b"1,2", "text/csv")
    [apart] = drafting.attach_enclosures(request, by=by(reporter), files=[csv])
    Attachment.objects.filter(pk=apart.pk).update(quarantined="its kind may do harm")
    review.send_to_review(request, by=by(reporter))
    review.approve(request, by=by(editor))
    Attachment.objects.filter(pk=apart.pk).update(quarantined="")

    with pytest.raises(Refused, match="files that go with the letter are not those"):
        submission.submit(request, by=by(reporter), sending=BY_EMAIL)

    check_nothing_left(request)


def test_discarded_and_brought_back_it_is_a_draft_and_reviewed_again(
    approved: RecordsRequest, reporter: User
):
    discarding.discard(approved, by=by(reporter))
    discarding.bring_back(approved, by=by(reporter))
    rewritten(approved, UNSEEN)

    with pytest.raises(Refused, match="send it to an editor first"):
        submission.submit(approved, by=by(reporter), sending=BY_EMAIL)
    for kind in (EventKind.DRAFT_DISCARDED, EventKind.DRAFT_BROUGHT_BACK):
        with pytest.raises(Refused):
            corrections.strike(approved.events.get(kind=kind), why="mine", by=by(reporter))

    assert not Delivery.objects.exists()


def test_a_struck_submission_gives_no_other_address(approved: RecordsRequest, reporter: User):
    delivery = submission.submit(approved, by=by(reporter), sending=BY_EMAIL)
    deliveries.recall(delivery, by=by(reporter))
    submitted = approved.events.get(kind=EventKind.SUBMITTED)
    corrections.strike(submitted, why="too early", by=by(reporter))
    approved.refresh_from_db()
    assert approved.state == "approved"

    with pytest.raises(Refused, match=NOT_SEEN):
        submission.submit(approved, by=by(reporter), sending=Sending(Channel.EMAIL, ELSEWHERE))


# -- once it is submitted --
@pytest.fixture
def recalled(approved: RecordsRequest, reporter: User) -> Delivery:
    delivery = submission.submit(approved, by=by(reporter), sending=BY_EMAIL)
    deliveries.recall(delivery, by=by(reporter))
    delivery.refresh_from_db()
    return delivery


@pytest.mark.usefixtures("_monday", "_plain_http")
@pytest.mark.parametrize("page", ["delivery_words", "delivery_retry"])
@pytest.mark.parametrize("asked", [{"to": ELSEWHERE}, {"text": UNSEEN}], ids=["to", "text"])
def test_no_page_sends_a_recalled_letter_otherwise(
    recalled: Delivery, reporter: User, page: str, asked: dict[str, str]
):
    as_it_is = {"to": recalled.to, "text": deliveries.words_of(recalled)}
    client: Client = signed_in(reporter)

    client.post(reverse(page, args=[recalled.pk]), {**as_it_is, **asked})

    recalled.refresh_from_db()
    # The button for another try knows no words: what it sends is what was approved.
    sent_as_approved = page == "delivery_retry" and "text" in asked
    expected = DeliveryState.QUEUED if sent_as_approved else DeliveryState.RECALLED
    assert (recalled.state, recalled.to) == (expected, BY_EMAIL.to)
    assert "no editor read" not in recalled.letter.text


def test_what_is_issued_anew_has_the_approved_words(recalled: Delivery, reporter: User):
    later = Attribution(reporter, NOW.replace(day=5))
    first = recalled.letter

    deliveries.retry(recalled, by=later)

    recalled.refresh_from_db()
    assert recalled.letter_id != first.pk
    assert recalled.letter.text.splitlines()[-1] == first.text.splitlines()[-1]
    assert recalled.records_request.letter_text in deliveries.words_of(recalled)
    assert list(recalled.letter.enclosures.values_list("title", flat=True)) == ["seen.csv"]


def test_a_file_kept_apart_since_is_left_out_by_an_editor_alone(
    recalled: Delivery, reporter: User, editor: User
):
    Attachment.objects.update(quarantined="a scanner warned of it")

    with pytest.raises(Refused, match="approved this letter with that file"):
        kept_apart.send_without(recalled, by=by(reporter))
    assert recalled.records_request.letters.count() == 1

    kept_apart.send_without(recalled, by=by(editor))
    assert recalled.records_request.letters.count() == 2


def test_no_other_letter_goes_ahead_of_the_approved_one(recalled: Delivery, reporter: User):
    request = recalled.records_request
    letter = OurLetter(UNSEEN, Sending(Channel.EMAIL, ELSEWHERE))

    with pytest.raises(Refused, match="has not left yet: send it first"):
        our_letters.follow_up(request, letter=letter, by=by(reporter))
    assert request.letters.count() == 1

    deliveries.retry(recalled, by=by(reporter))
    let_go(recalled)
    our_letters.follow_up(request, letter=letter, by=by(reporter))
    assert request.letters.count() == 2


def test_a_withdrawal_needs_no_letter_that_left(recalled: Delivery, reporter: User):
    our_letters.write(
        recalled.records_request,
        our_letters.WITHDRAWAL,
        OurLetter("We withdraw it.", BY_EMAIL),
        by=by(reporter),
    )

    recalled.records_request.refresh_from_db()
    assert recalled.records_request.state == "withdrawn"


def test_whoever_approved_and_is_a_reporter_by_now_sends_it_as_approved_or_not_at_all(
    recalled: Delivery, editor: User
):
    editor.membership.role = Role.REPORTER
    editor.membership.save()
    recalled.records_request.shared_with.add(editor)

    with pytest.raises(Refused, match="to another address"):
        deliveries.retry(recalled, by=by(editor), to=ELSEWHERE)


def test_the_ledger_keeps_what_was_approved(approved: RecordsRequest):
    event = Event.objects.get(kind=EventKind.APPROVED)

    said: dict[str, Any] = event.data["approved"]
    assert said["addresses"]["email"] == [BY_EMAIL.to]
    assert len(said["words"]) == 64
    assert [file.split()[0] for file in said["files"]] == ["seen.csv"]


def test_an_approval_of_before_this_was_kept_is_held_against_the_known_addresses(
    reporter: User, editor: User, monkeypatch: pytest.MonkeyPatch
):
    request = draft(reporter)
    review.send_to_review(request, by=by(reporter))
    with monkeypatch.context() as before:
        before.setattr(review.approved_content, "content_of", lambda request: {})
        review.approve(request, by=by(editor))

    with pytest.raises(Refused, match=NOT_SEEN):
        submission.submit(request, by=by(reporter), sending=Sending(Channel.EMAIL, ELSEWHERE))
    submission.submit(request, by=by(reporter), sending=BY_EMAIL)
