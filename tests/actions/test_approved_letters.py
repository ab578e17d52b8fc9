"""What an editor approved is what goes: other words, or another address, are an editor's."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.actions.errors import Refused
from requests_app.actions.requests import appeals, drafting, review, submission
from requests_app.actions.sending import deliveries
from requests_app.delivery import outbox
from requests_app.demo.finished_drafts import finish
from requests_app.ledger.attribution import Attribution, ByTheDesk
from requests_app.letters import Sending
from requests_app.models import (
    Channel,
    Delivery,
    DeliveryState,
    RecordsRequest,
    RequestState,
    Role,
    User,
)
from tests.factories import (
    BY_EMAIL,
    CLERK,
    NOW,
    TODAY,
    draft,
    in_state,
    let_go,
    member,
    office_known,
    rewritten,
)

pytestmark = pytest.mark.django_db
OTHER_WORDS = "Dear Clerk:\n\nWords that no editor read."
ELSEWHERE = "someone@elsewhere.example"


@dataclass(frozen=True)
class Approved:
    """A request that an editor approved, and its letter as it was submitted and recalled."""

    request: RecordsRequest
    delivery: Delivery
    reporter: User
    editor: User

    def facts(self) -> tuple[object, ...]:
        """All that a refusal must leave as it was."""
        self.delivery.refresh_from_db()
        self.request.refresh_from_db()
        delivery = self.delivery
        return (
            (delivery.state, delivery.to, delivery.letter_id, delivery.not_before),
            (self.request.state, self.request.letter_text, self.request.letters.count()),
            self.request.events.count(),
        )


@pytest.fixture
def approved() -> Approved:
    reporter = member()
    newsroom = reporter.membership.newsroom
    newsroom.reviews_before_filing, newsroom.recall_minutes = True, 3
    newsroom.save()
    office_known(newsroom)
    editor = member(Role.EDITOR, newsroom)
    request = draft(reporter)
    review.send_to_review(
        request,
        by=Attribution(reporter, NOW),
    )
    review.approve(
        request,
        by=Attribution(editor, NOW),
    )
    delivery = submission.submit(request, by=Attribution(reporter, NOW), sending=BY_EMAIL)
    deliveries.recall(
        delivery,
        by=Attribution(reporter, NOW),
    )
    delivery.refresh_from_db()
    return Approved(request, delivery, reporter, editor)


def test_reporter_cannot_send_other_words_than_were_approved(approved: Approved) -> None:
    before = approved.facts()

    with pytest.raises(Refused, match="ask an editor or an admin to send it with other words"):
        deliveries.retry(
            approved.delivery, by=Attribution(approved.reporter, NOW), text=OTHER_WORDS
        )

    assert approved.facts() == before


def test_reporter_cannot_send_what_was_approved_to_another_address(approved: Approved) -> None:
    before = approved.facts()

    with pytest.raises(Refused, match="ask an editor or an admin to send it with other words"):
        deliveries.retry(approved.delivery, by=Attribution(approved.reporter, NOW), to=ELSEWHERE)

    assert approved.facts() == before


def test_another_address_is_an_editors_also_where_the_letter_came_back(approved: Approved) -> None:
    deliveries.retry(
        approved.delivery,
        by=Attribution(approved.reporter, NOW),
    )
    let_go(approved.delivery)
    outbox.mark_bounced(approved.delivery, by=ByTheDesk(NOW), answer="550 5.1.1 no such mailbox")
    before = approved.facts()

    with pytest.raises(Refused, match="to another address"):
        deliveries.retry(approved.delivery, by=Attribution(approved.reporter, NOW), to=ELSEWHERE)

    assert approved.facts() == before


def test_reporter_sends_what_was_approved_as_it_stands(approved: Approved) -> None:
    words = approved.request.letter_text

    deliveries.retry(
        approved.delivery,
        by=Attribution(approved.reporter, NOW),
        to=f" {CLERK} ",
        text=words.replace("\n", "\r\n"),
    )

    approved.delivery.refresh_from_db()
    approved.request.refresh_from_db()
    assert approved.delivery.state == DeliveryState.QUEUED
    assert (approved.delivery.to, approved.request.letter_text) == (CLERK, words)


def test_reporter_sends_it_on_a_later_day_with_the_same_words(approved: Approved) -> None:
    words = approved.request.letter_text

    deliveries.retry(
        approved.delivery,
        by=Attribution(approved.reporter, NOW + timedelta(days=1)),
    )

    approved.delivery.refresh_from_db()
    approved.request.refresh_from_db()
    assert approved.delivery.letter.dated_on == TODAY + timedelta(days=1)
    assert approved.request.letter_text == words


def test_editor_sends_other_words_to_another_address(approved: Approved) -> None:
    deliveries.retry(
        approved.delivery, by=Attribution(approved.editor, NOW), text=OTHER_WORDS, to=ELSEWHERE
    )

    approved.delivery.refresh_from_db()
    assert (approved.delivery.state, approved.delivery.to) == (DeliveryState.QUEUED, ELSEWHERE)
    assert "Words that no editor read." in approved.delivery.letter.text


def test_editor_of_another_newsroom_may_not(approved: Approved) -> None:
    before = approved.facts()

    with pytest.raises(Refused):
        deliveries.retry(
            approved.delivery, by=Attribution(member(Role.EDITOR), NOW), text=OTHER_WORDS
        )

    assert approved.facts() == before


def test_a_newsroom_that_does_not_review_leaves_it_to_the_reporter(approved: Approved) -> None:
    approved.request.newsroom.reviews_before_filing = False
    approved.request.newsroom.save()

    deliveries.retry(
        approved.delivery, by=Attribution(approved.reporter, NOW), text=OTHER_WORDS, to=ELSEWHERE
    )

    approved.delivery.refresh_from_db()
    assert "Words that no editor read." in approved.delivery.letter.text


def test_nothing_of_a_letter_can_be_changed_between_approval_and_submission() -> None:
    reporter = member()
    newsroom = reporter.membership.newsroom
    newsroom.reviews_before_filing = True
    newsroom.save()
    office_known(newsroom)
    request = draft(reporter)
    review.send_to_review(
        request,
        by=Attribution(reporter, NOW),
    )
    review.approve(
        request,
        by=Attribution(member(Role.EDITOR, newsroom), NOW),
    )
    approved_words = request.letter_text
    file = SimpleUploadedFile("more.csv", b"1,2", "text/csv")

    with pytest.raises(Refused, match="only a draft can be edited"):
        rewritten(request, OTHER_WORDS)
    with pytest.raises(Refused, match="only a draft can be edited"):
        drafting.attach_enclosures(request, by=Attribution(reporter, NOW), files=[file])
    # Nor by what stands on a row in memory: the words are read again under the lock.
    request.letter_text = OTHER_WORDS
    submission.submit(request, by=Attribution(reporter, NOW), sending=BY_EMAIL)

    request.refresh_from_db()
    assert request.letter_text == approved_words


def test_an_appeal_is_not_reviewed_and_so_its_words_are_the_reporters() -> None:
    request = in_state(RequestState.DENIED)
    newsroom, reporter = request.newsroom, request.created_by
    newsroom.reviews_before_filing, newsroom.recall_minutes = True, 3
    newsroom.save()
    appeal = appeals.draft(
        request,
        route="foic",
        by=Attribution(reporter, NOW),
    )
    finish(appeal, by=Attribution(reporter, NOW))
    delivery = appeals.file(
        appeal, by=Attribution(reporter, NOW), sending=Sending(Channel.EMAIL, "foi@ct.example")
    )
    deliveries.recall(
        delivery,
        by=Attribution(reporter, NOW),
    )

    deliveries.retry(delivery, by=Attribution(reporter, NOW), text=f"{OTHER_WORDS}\nSee Exhibit 1.")

    delivery.refresh_from_db()
    assert "Words that no editor read." in delivery.letter.text
