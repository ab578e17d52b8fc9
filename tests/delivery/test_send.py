"""What becomes of a delivery, by what a real mail server does at each step."""

import gc
import socket
from datetime import datetime
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from requests_app.actions.requests import drafting, submission
from requests_app.delivery import outbox
from requests_app.delivery.channels.server_answers import GREYLISTED
from requests_app.delivery.send import send
from requests_app.leases import MOST_STRETCH
from requests_app.ledger.attribution import Attribution
from requests_app.models import Delivery, DeliveryState, EventKind
from requests_app.reply_addresses import reply_address
from requests_app.return_paths import return_path
from tests.delivery.smtp_server import (
    HANG_UP,
    Script,
    free_port,
    nobody,
    point_at,
    server_that_greets,
    smtp_server,
)
from tests.factories import BY_EMAIL, CLERK, NOW, draft, rewritten

pytestmark = pytest.mark.django_db
S = DeliveryState


@pytest.fixture
def queued() -> Delivery:
    request = draft()
    return submission.submit(request, by=Attribution(request.created_by, NOW), sending=BY_EMAIL)


def noon() -> datetime:
    return NOW


def sent_through(delivery: Delivery, settings: Any, **answers: str) -> Script:
    with smtp_server(settings, Script(**answers)) as server:
        send(delivery.pk, now=noon)
    delivery.refresh_from_db()
    return server


def last_event(delivery: Delivery) -> str:
    return delivery.events.order_by("pk").last().kind


def test_accepted_letter_is_sent_with_its_pdf(queued: Delivery, settings):
    server = sent_through(queued, settings)

    [message] = server.messages
    request = queued.records_request
    assert queued.state == S.SENT
    assert queued.last_answer == "250 2.0.0 taken"
    assert queued.server == socket.getfqdn()
    assert last_event(queued) == EventKind.SENT
    assert message["To"] == CLERK
    assert message["Message-ID"] == queued.message_id
    assert message["Reply-To"] == reply_address(request)
    assert server.envelopes[0].mail_from == return_path(queued)
    assert request.reference in message["Subject"]
    [attachment] = message.iter_attachments()
    assert attachment.get_content() == bytes(queued.letter.pdf)
    assert len(pikepdf.open(BytesIO(attachment.get_content())).pages) == queued.letter.page_count


def test_sending_starts_the_clock_and_queueing_does_not(queued: Delivery, settings):
    request = queued.records_request
    assert not request.deadlines.filter(clock="response").exists()

    sent_through(queued, settings)

    response = request.deadlines.get(clock="response")
    assert response.starts_on == NOW.date()


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_refusal_fails_visibly_and_says_what_to_do(queued: Delivery, settings, step: str):
    sent_through(queued, settings, **{step: "550 5.1.1 no such mailbox"})

    assert queued.state == S.FAILED
    assert "550 5.1.1 no such mailbox" in queued.last_answer
    assert "check the address" in queued.last_answer
    assert last_event(queued) == EventKind.SENDING_FAILED
    assert not queued.records_request.deadlines.filter(clock="response").exists()


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_not_now_is_tried_again_later(queued: Delivery, settings, step: str):
    sent_through(queued, settings, **{step: "451 4.7.1 greylisted"})

    assert queued.state == S.QUEUED
    assert queued.last_answer == "The mail server answered: 451 4.7.1 greylisted"
    assert GREYLISTED <= queued.not_before - NOW <= GREYLISTED * (1 + MOST_STRETCH)
    assert last_event(queued) == EventKind.SUBMITTED


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
def test_line_broken_before_the_message_is_tried_again(queued: Delivery, settings, step: str):
    server = sent_through(queued, settings, **{step: HANG_UP})

    assert server.messages == []
    assert queued.state == S.QUEUED


def test_line_broken_after_the_message_is_in_doubt(queued: Delivery, settings):
    server = sent_through(queued, settings, DATA=HANG_UP)

    assert len(server.messages) == 1
    assert queued.state == S.IN_DOUBT
    assert last_event(queued) == EventKind.SENDING_IN_DOUBT


def test_doubt_is_not_sent_again_by_itself(queued: Delivery, settings):
    sent_through(queued, settings, DATA=HANG_UP)

    server = sent_through(queued, settings)

    assert server.messages == []
    assert queued.state == S.IN_DOUBT


def test_server_that_is_away_is_tried_again(queued: Delivery, settings):
    point_at(settings, free_port())

    send(queued.pk, now=noon)

    queued.refresh_from_db()
    assert queued.state == S.QUEUED
    assert "could not be reached" in queued.last_answer


@pytest.mark.parametrize(
    ("greeting", "state"),
    [("421 4.3.2 come back later", S.QUEUED), ("554 5.3.2 no service here", S.FAILED)],
)
def test_server_that_would_not_talk_is_quoted(
    queued: Delivery, settings, greeting: str, state: DeliveryState
):
    with server_that_greets(settings, greeting):
        send(queued.pk, now=noon)

    queued.refresh_from_db()
    assert queued.state == state
    assert queued.last_answer == f"The mail server would not talk to us ({greeting})."


def test_server_that_refuses_our_sign_in_says_where_to_look(queued: Delivery, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", "wrong"

    with smtp_server(settings, Script(), auth_require_tls=False, authenticator=nobody):
        send(queued.pk, now=noon)
    gc.collect()  # a line that was left open would be reported here

    queued.refresh_from_db()
    assert queued.state == S.FAILED
    assert queued.last_answer.startswith(
        "The mail server refused our sign-in (535 5.7.8 Authentication credentials invalid)"
    )


def test_giving_up_after_the_last_try_is_a_failure(queued: Delivery, settings):
    settings.DELIVERY_MAX_ATTEMPTS = 1

    sent_through(queued, settings, RCPT="451 4.7.1 greylisted")

    assert queued.state == S.FAILED


def test_second_worker_sends_nothing(queued: Delivery, settings):
    outbox.claim(queued.pk, at=NOW)

    server = sent_through(queued, settings)

    assert server.messages == []


def test_worker_that_lost_its_claim_gives_nothing(queued: Delivery, settings, monkeypatch):
    """The lease ran out while the server was slow to answer RCPT, and the sweep took it back."""
    monkeypatch.setattr(outbox, "mark_handed", lambda delivery, at: False)

    server = sent_through(queued, settings)

    assert server.messages == []


@pytest.mark.parametrize("hostile", ["Ledger\r\nBcc: all@city.example", 'The "Ledger" <x@y.z>'])
def test_newsroom_name_cannot_add_a_header(hostile: str, settings):
    request = draft()
    request.newsroom.name = hostile
    request.newsroom.save()
    delivery = submission.submit(request, by=Attribution(request.created_by, NOW), sending=BY_EMAIL)

    server = sent_through(delivery, settings)

    [message] = server.messages
    assert message["Bcc"] is None
    assert message["To"] == CLERK
    assert delivery.state == S.SENT


def test_line_that_is_a_dot_does_not_end_the_letter(settings):
    request = draft()
    rewritten(request, "Dear Clerk:\n\n.\n\n.. and more")
    delivery = submission.submit(request, by=Attribution(request.created_by, NOW), sending=BY_EMAIL)

    server = sent_through(delivery, settings)

    body = server.messages[0].get_body()
    assert body is not None
    assert body.get_content().splitlines()[:5] == ["Dear Clerk:", "", ".", "", ".. and more"]


@pytest.mark.parametrize(
    "content", [b"a\nb\n", b"a\rb\r", b"a\r\nb", "é".encode("latin-1"), b"\x00\xff"]
)
@pytest.mark.parametrize("kind", ["text/csv", "application/pdf", "message/rfc822", "no type"])
def test_evidence_arrives_byte_for_byte(settings, content: bytes, kind: str):
    request = draft(
        kind="correction",
        office_role="dataset_steward",
        particulars={"dataset_title": "Lots", "what_is_wrong": "Forty rows."},
    )
    file = SimpleUploadedFile("rows.csv", content, kind)
    drafting.attach_enclosures(
        request,
        files=[file],
        by=Attribution(request.created_by, NOW),
    )
    delivery = submission.submit(request, by=Attribution(request.created_by, NOW), sending=BY_EMAIL)

    server = sent_through(delivery, settings)

    [_, evidence] = server.messages[0].iter_attachments()
    assert evidence.get_payload(decode=True) == content
    assert evidence.get_filename() == "rows.csv"


def test_database_that_is_away_for_a_moment_is_waited_for(queued: Delivery, settings, monkeypatch):
    """The server's yes is known in this process alone: it is written down when that is possible."""
    settle, away = outbox.mark_sent, [True, True]
    pauses: list[float] = []

    def mark_sent(*args: Any, **kwargs: Any) -> bool:
        if away:
            away.pop()
            raise OperationalError("the database is restarting")
        return settle(*args, **kwargs)

    monkeypatch.setattr(outbox, "mark_sent", mark_sent)
    # Closing it would end the test's own transaction.
    monkeypatch.setattr("requests_app.delivery.send.connection.close", lambda: None)
    with smtp_server(settings, Script()) as server:
        send(queued.pk, now=noon, pause=pauses.append)

    queued.refresh_from_db()
    assert queued.state == S.SENT
    assert len(server.messages) == 1
    assert len(pauses) == 2


def test_server_says_before_how_much_it_takes(queued: Delivery, settings):
    with smtp_server(settings, Script(), data_size_limit=1000) as server:
        send(queued.pk, now=noon)

    queued.refresh_from_db()
    assert queued.state == S.FAILED
    assert "takes 1 kB" in queued.last_answer or "takes 0 MB" in queued.last_answer
    assert server.messages == []


def test_address_that_smtp_cannot_have_fails_before_a_server_is_asked(queued: Delivery, settings):
    point_at(settings, free_port())
    Delivery.objects.filter(pk=queued.pk).update(to="clerk@city.example\r\nRCPT TO:<x@y.example>")

    send(queued.pk, now=noon)

    queued.refresh_from_db()
    assert queued.state == S.FAILED
    assert "is not an e-mail address" in queued.last_answer


def test_worker_that_is_taken_over_ends_no_message(queued: Delivery, settings, monkeypatch):
    """A long upload asks now and then whether the letter is still its own."""
    monkeypatch.setattr("requests_app.delivery.channels.email.RENEWED_EVERY", 1)
    monkeypatch.setattr(outbox, "renew", lambda delivery, at: False)

    server = sent_through(queued, settings)

    assert server.messages == []
    assert queued.state == S.QUEUED
