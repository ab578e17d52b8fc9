"""Letters on their way, as the pages show them: when one leaves, what became of it, what to do."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from time_machine import travel

from requests_app.actions.requests import drafting, review, submission
from requests_app.actions.sending import deliveries
from requests_app.delivery import outbox, pace
from requests_app.ledger.attribution import Attribution, ByTheDesk
from requests_app.models import Delivery, DeliveryState, RecordsRequest, Role, User
from tests.factories import BY_EMAIL, CLERK, NOW, draft, member, office_known, submitted
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
S = DeliveryState


@pytest.fixture
def editor() -> User:
    person = member(Role.EDITOR)
    person.membership.newsroom.recall_minutes = 3
    person.membership.newsroom.save()
    return person


@pytest.fixture
def client(editor: User) -> Iterator[Client]:
    with travel(NOW, tick=False):
        yield signed_in(editor)


def page_of(client: Client, request: RecordsRequest) -> str:
    return flat(client.get(reverse("request_page", args=[request.public_id])))


def submit_page(client: Client, request: RecordsRequest) -> str:
    return flat(client.get(reverse("request_submit", args=[request.public_id])))


def correction(editor: User, *sizes: int) -> RecordsRequest:
    request = draft(
        editor,
        kind="correction",
        office_role="dataset_steward",
        particulars={"dataset_title": "Lots", "what_is_wrong": "Forty rows."},
    )
    files = [
        SimpleUploadedFile(f"rows{number}.csv", b"x" * size, "text/csv")
        for number, size in enumerate(sizes, start=1)
    ]
    drafting.attach_enclosures(
        request,
        files=files,
        by=Attribution(editor, NOW),
    )
    return request


def test_form_says_when_it_will_leave(client: Client, editor: User):
    assert "It leaves 3 minutes after you send it, at 12:03 p.m." in submit_page(
        client, draft(editor)
    )


def test_form_says_that_it_leaves_at_once(client: Client, editor: User):
    editor.membership.newsroom.recall_minutes = 0
    editor.membership.newsroom.save()

    assert "It leaves at once." in submit_page(client, draft(editor))


def test_form_says_in_how_many_messages_it_goes(client: Client, editor: User, settings: Any):
    settings.MAIL_MAX_BYTES = 300_000
    request = correction(editor, 150_000, 150_000)

    shown = submit_page(client, request)

    assert "too large for one message: it goes in 2" in shown
    assert "Message 2: rows2.csv" in shown


def test_form_says_what_cannot_go_by_mail_at_all(client: Client, editor: User, settings: Any):
    settings.MAIL_MAX_BYTES = 300_000

    assert "Choose another channel" in submit_page(client, correction(editor, 400_000))


def test_letter_is_recalled_and_sent_with_other_words(client: Client, editor: User):
    request = submitted(editor, sent=False)
    delivery = request.deliveries.get()
    assert "leaves at 12:03 p.m." in page_of(client, request)

    client.post(reverse("delivery_recall", args=[delivery.pk]))
    shown = page_of(client, request)
    assert "was recalled before it left: nobody has it" in shown
    assert "Send it after all" in shown

    words = {"to": "records@stamford.example", "text": "Dear City Clerk:\n\nOther words."}
    client.post(reverse("delivery_words", args=[delivery.pk]), words)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.to) == (S.QUEUED, "records@stamford.example")
    assert "Other words." in delivery.letter.text


@pytest.fixture
def approved(editor: User) -> Delivery:
    """A reporter's letter that the editor approved, submitted and recalled."""
    reporter, newsroom = member(newsroom=editor.membership.newsroom), editor.membership.newsroom
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
        by=Attribution(editor, NOW),
    )
    delivery = submission.submit(request, by=Attribution(reporter, NOW), sending=BY_EMAIL)
    deliveries.recall(
        delivery,
        by=Attribution(reporter, NOW),
    )
    return delivery


OTHER = {"to": "someone@elsewhere.example", "text": "Dear City Clerk:\n\nOther words."}


@pytest.mark.parametrize("page", ["delivery_words", "delivery_retry"])
def test_reporter_does_not_pass_the_review_by_recalling(
    client: Client, approved: Delivery, page: str
):
    reporter = signed_in(approved.created_by)
    before = Delivery.objects.values().get(pk=approved.pk)

    answer = reporter.post(reverse(page, args=[approved.pk]), OTHER, follow=True)

    assert "An editor approved this letter as it stands" in answer.content.decode()
    assert Delivery.objects.values().get(pk=approved.pk) == before
    assert approved.records_request.letters.count() == 1


def test_reporter_is_offered_what_they_may_do_with_an_approved_letter(
    client: Client, approved: Delivery
):
    shown = page_of(signed_in(approved.created_by), approved.records_request)

    assert reverse("delivery_retry", args=[approved.pk]) in shown
    assert reverse("delivery_words", args=[approved.pk]) not in shown
    assert "To send it with other words, ask an editor" in shown


def test_editor_sends_an_approved_letter_with_other_words(client: Client, approved: Delivery):
    assert reverse("delivery_words", args=[approved.pk]) in page_of(
        client, approved.records_request
    )

    client.post(reverse("delivery_words", args=[approved.pk]), OTHER)

    approved.refresh_from_db()
    assert (approved.state, approved.to) == (S.QUEUED, "someone@elsewhere.example")


def test_letter_that_has_left_is_not_recalled_and_the_page_says_so(client: Client, editor: User):
    request = submitted(editor)
    delivery = request.deliveries.get()

    client.post(reverse("delivery_recall", args=[delivery.pk]))

    assert "stands at “sent”" in page_of(client, request)


def test_page_names_the_server_that_took_it(client: Client, editor: User):
    request = submitted(editor, sent=False)
    delivery = request.deliveries.get()
    taken = outbox.claim(delivery.pk, at=delivery.not_before)
    assert taken is not None
    outbox.mark_sent(taken, at=NOW, answer="250 2.0.0 Ok: queued as 4X", server="mx.city.example")

    shown = page_of(client, request)

    assert "taken by mx.city.example: 250 2.0.0 Ok: queued as 4X" in shown


def test_page_says_that_it_waits_its_turn(client: Client, editor: User, settings: Any):
    settings.MAIL_PER_HOST_PER_MINUTE = 1
    pace.take_turn("stamford.example", at=NOW + timedelta(minutes=3))
    request = submitted(editor, sent=False)
    delivery = request.deliveries.get()
    taken = outbox.claim(delivery.pk, at=delivery.not_before)
    assert taken is not None
    assert outbox.wait_for_turn(taken, at=delivery.not_before)

    assert (
        "leaves at about 12:04 p.m., when its turn comes: others go to stamford.example"
        in page_of(client, request)
    )


def test_page_says_what_came_back_and_why(client: Client, editor: User):
    request = submitted(editor)
    outbox.mark_bounced(
        request.deliveries.get(), by=ByTheDesk(NOW), answer="550 5.1.1 no such mailbox"
    )

    shown = page_of(client, request)

    assert "Came back" in shown
    assert "550 5.1.1 no such mailbox" in shown


def test_outbox_shows_what_waits_to_leave(client: Client, editor: User):
    submitted(editor, sent=False)

    shown = client.get(reverse("delivery_list")).content.decode()

    assert "Waiting to leave" in shown


@pytest.mark.parametrize("count", [1, 12])
def test_outbox_asks_the_same_queries_for_any_number(
    count: int, django_assert_num_queries: Any
) -> None:
    editor = member(Role.EDITOR)
    for _ in range(count):
        submitted(editor)
    client = signed_in(editor)
    client.get(reverse("delivery_list"))

    with django_assert_num_queries(7):
        client.get(reverse("delivery_list"))

    assert Delivery.objects.filter(to=CLERK).count() == count
