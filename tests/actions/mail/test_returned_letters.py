"""A bounce is tied by the return path it came to, or by what it names; what proves nothing asks."""

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.mail import came_back, file_mail
from requests_app.actions.requests import corrections
from requests_app.actions.sending import deliveries
from requests_app.delivery import outbox
from requests_app.ledger import derive_for
from requests_app.ledger.attribution import ByTheDesk
from requests_app.models import Delivery, DeliveryState, EventKind, InboundMail
from requests_app.reply_addresses import reply_address
from requests_app.return_paths import return_path, tokens_in
from tests import delivery_states
from tests.factories import CLERK, NOW, acting, let_go, submitted
from tests.inbound.messages import bounce, message, taken_in

pytestmark = pytest.mark.django_db
S = DeliveryState
FOREIGN = "<rewritten-by-a-gateway@mx.stamford.example>"
STRANGER = "jane@elsewhere.example"


@pytest.fixture
def sent() -> Delivery:
    return submitted().deliveries.get()


def state_of(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


def kind_of(mail: InboundMail) -> str:
    return mail.standing_communication().event.kind


def in_words(to: str, text: str) -> bytes:
    return message(
        to=to,
        sender="Mail Delivery System <mailer-daemon@mx.stamford.example>",
        subject="Undelivered Mail Returned to Sender",
        text=text,
    )


# -- the return path ------------------------------------------------------------------------------


def test_every_sending_has_a_return_path_of_its_own_that_nobody_guesses() -> None:
    first, second = submitted().deliveries.get(), submitted().deliveries.get()

    assert return_path(first) != return_path(second)
    assert len(first.return_token) * 5 >= 120  # bits


def test_a_bounce_to_the_return_path_moves_its_letter_whatever_its_id(sent: Delivery) -> None:
    mail = taken_in(bounce(FOREIGN, to=return_path(sent)))

    assert state_of(sent) == S.BOUNCED
    assert kind_of(mail) == EventKind.BOUNCED
    assert mail.match_reason == "It came to the return path of a letter of this request."
    assert derive_for(sent.records_request) == ()


@pytest.mark.parametrize("header", ["Delivered-To", "X-Original-To", "Envelope-To"])
def test_the_return_path_counts_wherever_servers_write_it(sent: Delivery, header: str) -> None:
    raw = bounce(FOREIGN, to="undisclosed-recipients:;")

    taken_in(f"{header}: <{return_path(sent).upper()}>\n".encode() + raw)

    assert state_of(sent) == S.BOUNCED


def test_the_return_path_counts_in_the_envelope(sent: Delivery) -> None:
    taken_in(bounce(FOREIGN, to="postmaster@x.example"), to=return_path(sent))

    assert state_of(sent) == S.BOUNCED


def test_a_bounce_in_words_needs_the_return_path_alone(sent: Delivery) -> None:
    taken_in(in_words(return_path(sent), "Your message could not be delivered. 550 User unknown"))

    assert state_of(sent) == S.BOUNCED


def test_an_automatic_reply_to_the_return_path_is_filed_to_its_request(sent: Delivery) -> None:
    raw = message(to=return_path(sent), subject="Automatic reply", auto_submitted="auto-replied")

    mail = taken_in(raw)

    assert kind_of(mail) == EventKind.AUTO_REPLY_RECEIVED
    assert state_of(sent) == S.SENT


def test_another_domain_and_another_length_are_no_return_path_of_ours(sent: Delivery) -> None:
    ours = return_path(sent)

    assert tokens_in([f"<{ours}>"]) == {sent.return_token}
    assert (
        tokens_in([f"{ours}.evil.example", f"x{ours[3:]}", "b-short@mail.records-desk.test"])
        == set()
    )


# -- the Message-ID -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "copy",
    [
        "Message-ID:\n {}\n",
        "Message-ID:\n{}\n",  # folded without the blank
        "> Message-Id: {}\n",
        "X-Original: message-id={}\n",
        '"messageId": "{}"\n',
    ],
)
def test_the_id_is_found_where_folding_is_damaged(sent: Delivery, copy: str) -> None:
    words = f"<{CLERK}>: 550 5.1.1 no such user\n\n--- a copy follows ---\n"
    text = words + copy.format(sent.message_id)

    taken_in(in_words(reply_address(sent.records_request), text))

    assert state_of(sent) == S.BOUNCED


def test_the_id_is_found_in_the_copy_within_the_copy(sent: Delivery) -> None:
    raw = bounce(FOREIGN, to=reply_address(sent.records_request))
    inner = (
        "Content-Type: message/rfc822\n\nFrom: gateway@x.example\nSubject: forwarded\n"
        'Content-Type: multipart/mixed; boundary="b2"\n\n--b2\nContent-Type: message/rfc822\n\n'
        f"From: desk\nMessage-ID: {sent.message_id}\n\nThe letter.\n--b2--\n"
    )

    taken_in(raw.replace(b"Content-Type: text/rfc822-headers\n\n", f"{inner}\n".encode()))

    assert state_of(sent) == S.BOUNCED


# -- what proves nothing --------------------------------------------------------------------------


def asked(mail: InboundMail, delivery: Delivery) -> str:
    """What it asks; and nothing was moved."""
    assert mail.is_waiting
    assert state_of(delivery) == S.SENT
    assert came_back.likely_letters([mail])[mail.pk] == [delivery]
    return mail.match_reason


def test_a_forged_bounce_of_another_recipient_moves_nothing(sent: Delivery) -> None:
    raw = bounce(sent.message_id, to=reply_address(sent.records_request), recipient=STRANGER)

    assert asked(taken_in(raw), sent).endswith(
        f"A report names a letter of ours, but {STRANGER} did not get it, to whom it was not sent."
    )


def test_a_forged_bounce_that_names_nobody_moves_nothing(sent: Delivery) -> None:
    text = f"Your message could not be delivered.\n\nMessage-ID: {sent.message_id}\n"

    mail = taken_in(in_words("desk@mail.records-desk.test", text))

    assert asked(mail, sent).endswith(came_back.ASKS_OF_NOBODY)


def test_a_forged_return_path_names_no_letter(sent: Delivery) -> None:
    invented = f"b-{'a' * len(sent.return_token)}@mail.records-desk.test"

    mail = taken_in(bounce(FOREIGN, to=invented))

    assert (mail.is_waiting, state_of(sent)) == (True, S.SENT)


def test_where_the_office_forwards_its_mail_the_forwarded_copy_asks(sent: Delivery) -> None:
    raw = bounce(sent.message_id, to=return_path(sent), recipient=STRANGER)

    assert STRANGER in asked(taken_in(raw), sent)


def test_a_forged_receipt_moves_nothing(sent: Delivery) -> None:
    raw = bounce(
        sent.message_id,
        to=reply_address(sent.records_request),
        recipient=STRANGER,
        action="delivered",
    )

    assert kind_of(taken_in(raw)) == EventKind.AUTO_REPLY_RECEIVED
    assert state_of(sent) == S.SENT


def test_the_same_news_twice_is_filed_and_asks_nobody(sent: Delivery) -> None:
    taken_in(bounce(FOREIGN, to=return_path(sent)))

    again = taken_in(bounce("<other@gateway.example>", to=return_path(sent)))

    assert kind_of(again) == EventKind.AUTO_REPLY_RECEIVED
    assert not again.is_waiting


def test_a_delay_is_no_failure(sent: Delivery) -> None:
    taken_in(bounce(FOREIGN, to=return_path(sent), action="delayed"))

    assert state_of(sent) == S.SENT
    assert "4.4.1" in sent.last_answer


@pytest.mark.parametrize("kind", ["feedback-report", "dmarc"])
def test_abuse_and_dmarc_reports_are_no_bounces(sent: Delivery, kind: str) -> None:
    subject = "Report Domain: records-desk.test Submitter: x.example Report-ID: 1"
    body = "A complaint.\n--b1\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n"
    declared = {"feedback-report": 'multipart/report; report-type=feedback-report; boundary="b1"'}
    raw = (
        f"Return-Path: <>\nFrom: postmaster@x.example\nTo: {return_path(sent)}\n"
        f"Subject: {subject}\nMessage-ID: <{kind}@x.example>\nMIME-Version: 1.0\n"
        f"Content-Type: {declared.get(kind, 'text/plain')}\n\n--b1\n\n{body}\n--b1--\n"
    )

    mail = taken_in(raw.encode())

    assert mail.kind != "bounce"
    assert state_of(sent) == S.SENT


# -- sent again -----------------------------------------------------------------------------------


def test_a_late_bounce_of_an_earlier_try_is_known_and_moves_no_later_one(sent: Delivery) -> None:
    first_id, first_path = sent.message_id, return_path(sent)
    outbox.mark_bounced(sent, by=ByTheDesk(NOW), answer="550")
    deliveries.retry(sent, to="records@stamford.example", **acting(sent.records_request))
    sent.refresh_from_db()
    let_go(sent, at=NOW)
    assert first_path != return_path(sent)

    by_path = taken_in(bounce(FOREIGN, to=first_path))
    by_id = taken_in(bounce(first_id, to=reply_address(sent.records_request)))

    for mail in (by_path, by_id):
        assert asked(mail, sent).endswith(came_back.ASKS_OF_EARLIER)


def test_a_try_that_the_server_put_off_goes_under_the_same_return_path() -> None:
    delivery = delivery_states.sending()
    path = return_path(delivery)
    outbox.retry_later(delivery, at=NOW, answer="451 later")

    delivery.refresh_from_db()
    assert (return_path(delivery), delivery.earlier_sendings.count()) == (path, 0)


# -- by hand, and taken back ----------------------------------------------------------------------


@pytest.mark.parametrize("state", ["sent", "delivered", "in_doubt"])
def test_somebody_says_that_it_came_back(state: str) -> None:
    delivery: Delivery = getattr(delivery_states, state)()
    request = delivery.records_request

    came_back.record_without_report(delivery, words="  mailbox full ", **acting(request))

    event = delivery.events.get(kind=EventKind.BOUNCED)
    assert (state_of(delivery), event.by) == (S.BOUNCED, request.created_by)
    assert event.data["answer"] == "mailbox full"
    assert derive_for(request) == ()


@pytest.mark.parametrize("state", ["queued", "failed", "bounced"])
def test_what_never_left_or_is_back_cannot_come_back(state: str) -> None:
    delivery: Delivery = getattr(delivery_states, state)()
    before = state_of(delivery)

    with pytest.raises(Refused, match="Nothing was changed"):
        came_back.record_without_report(delivery, **acting(delivery.records_request))

    assert state_of(delivery) == before


def test_what_was_carried_by_hand_does_not_come_back_to_the_desk() -> None:
    delivery = delivery_states.by_hand()
    outbox.hand_over(delivery, outbox.HandedOver(NOW.date()), **acting(delivery.records_request))

    with pytest.raises(Refused, match="by e-mail"):
        came_back.record_without_report(delivery, **acting(delivery.records_request))


@pytest.mark.parametrize("how", ["report", "person"])
def test_any_bounce_can_be_taken_back(sent: Delivery, how: str) -> None:
    request = sent.records_request
    before = derive_for(request)
    if how == "report":
        mail = taken_in(bounce(FOREIGN, to=return_path(sent)))
    else:
        came_back.record_without_report(sent, **acting(request))

    corrections.strike(
        sent.events.get(kind=EventKind.BOUNCED), why="It was forged.", **acting(request)
    )

    assert (state_of(sent), derive_for(request)) == (S.SENT, before)
    if how == "report":
        file_mail.take_out(mail.standing_communication(), **acting(request))
        mail.refresh_from_db()
        assert mail.is_waiting
