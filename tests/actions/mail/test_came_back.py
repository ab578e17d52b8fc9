"""A letter that came back: its report moves it by our Message-ID alone, or asks a person."""

from datetime import timedelta

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.mail import came_back, file_mail
from requests_app.actions.sending import our_letters
from requests_app.delivery import outbox
from requests_app.ledger import derive_for
from requests_app.letters import Sending
from requests_app.models import (
    Channel,
    Delivery,
    DeliveryState,
    EventKind,
    InboundMail,
    RecordsRequest,
)
from requests_app.reply_addresses import reply_address
from tests.factories import BY_EMAIL, CLERK, NOW, TODAY, acting, let_go, mailed, member, submitted
from tests.inbound.messages import answer_to, bounce, taken_in

pytestmark = pytest.mark.django_db
FOREIGN = "<rewritten-by-a-gateway@mx.stamford.example>"
ASKS = "A report says that a letter came back; which one is not certain."


def bounced(request: RecordsRequest, *, of: str = FOREIGN, **more: str) -> InboundMail:
    return taken_in(bounce(of, to=reply_address(request), **more))


def offered(mail: InboundMail) -> list[Delivery]:
    return came_back.likely_letters([mail])[mail.pk]


def state_of(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


def test_a_bounce_with_a_foreign_id_asks_a_person_and_moves_nothing() -> None:
    request = submitted()
    delivery = request.deliveries.get()
    before, events = derive_for(request), request.events.count()

    mail = bounced(request)

    assert (mail.is_waiting, mail.newsroom) == (True, request.newsroom)
    assert mail.match_reason == f"It was sent to this request's own address. {ASKS}"
    assert [told["request"] for told in mail.candidates] == [request.pk]
    assert offered(mail) == [delivery]
    assert state_of(delivery) == DeliveryState.SENT
    assert (derive_for(request), request.events.count()) == (before, events)


def test_a_bounce_in_words_that_names_no_message_asks_too() -> None:
    request = submitted()
    raw = answer_to(
        request,
        sender="Mail Delivery System <mailer-daemon@mx.stamford.example>",
        subject="Undelivered Mail Returned to Sender",
        text=f"Your message to {CLERK} could not be delivered: 550 5.1.1 User unknown",
    )

    mail = taken_in(raw)

    assert mail.match_reason.endswith(ASKS)
    assert offered(mail) == [request.deliveries.get()]


def test_a_person_says_that_it_came_back() -> None:
    request = submitted()
    delivery = request.deliveries.get()
    mail = bounced(request)

    filed = came_back.record_came_back(mail, delivery, **acting(request))

    mail.refresh_from_db()
    assert state_of(delivery) == DeliveryState.BOUNCED
    assert (filed.event.kind, filed.event.delivery) == (EventKind.BOUNCED, delivery)
    assert filed.event.by == filed.filed_by == request.created_by
    assert filed.event.data["answer"] == f"{CLERK}: 550 5.1.1 User unknown"
    assert (mail.is_waiting, mail.standing_communication()) == (False, filed)
    assert offered(mail) == []
    assert derive_for(request) == ()


def test_a_person_says_that_none_did_and_files_it_as_an_automatic_reply() -> None:
    request = submitted()
    mail = bounced(request)

    filed = file_mail.file_communication(mail, request, **acting(request))

    assert filed.event.kind == EventKind.AUTO_REPLY_RECEIVED
    assert state_of(request.deliveries.get()) == DeliveryState.SENT


def followed_up(request: RecordsRequest, sending: Sending = BY_EMAIL) -> Delivery:
    return our_letters.follow_up(request, **mailed(request, sending=sending))


def test_the_letter_to_the_address_that_the_report_names_stands_first() -> None:
    request = submitted()
    first = request.deliveries.get()
    second = followed_up(request, Sending(Channel.EMAIL, "law@stamford.example"))
    let_go(second, at=NOW + timedelta(minutes=5))

    assert offered(bounced(request)) == [first, second]
    assert offered(bounced(request, recipient="LAW@stamford.example")) == [second, first]
    assert offered(bounced(request, recipient="else@x.example")) == [second, first]


def test_what_is_not_with_a_mail_server_cannot_come_back() -> None:
    request = submitted()
    posted = followed_up(request, Sending(Channel.POST, "888 Main Street"))
    outbox.hand_over(posted, outbox.HandedOver(TODAY), **acting(request))
    waiting = followed_up(request)

    mail = bounced(request)

    assert waiting.state == DeliveryState.QUEUED
    assert offered(mail) == [request.deliveries.order_by("pk").first()]


def test_a_letter_in_doubt_may_be_the_one() -> None:
    request = submitted(sent=False)
    doubtful = outbox.claim(request.deliveries.get().pk, at=NOW + timedelta(hours=1))
    assert doubtful is not None
    outbox.mark_handed(doubtful, at=NOW + timedelta(hours=1))
    outbox.mark_in_doubt(doubtful, at=NOW + timedelta(hours=1), answer="the line broke")
    mail = bounced(request)

    came_back.record_came_back(mail, offered(mail)[0], **acting(request))

    assert state_of(doubtful) == DeliveryState.BOUNCED


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_delay_or_a_receipt_with_a_foreign_id_is_no_bounce(action: str) -> None:
    request = submitted()

    mail = bounced(request, action=action)

    assert mail.standing_communication().event.kind == EventKind.AUTO_REPLY_RECEIVED
    assert offered(mail) == []


def test_a_disposition_notification_is_no_bounce() -> None:
    request = submitted()
    raw = (
        f"From: {CLERK}\nTo: {reply_address(request)}\nSubject: Not read: Use-of-force reports\n"
        "Date: Mon, 02 Nov 2026 12:30:00 -0500\nMessage-ID: <mdn@stamford.example>\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report;\n"
        ' report-type=disposition-notification; boundary="b1"\n\n--b1\n\nDeleted unread.\n--b1\n'
        "Content-Type: message/disposition-notification\n\n"
        f"Final-Recipient: rfc822; {CLERK}\nOriginal-Message-ID: {FOREIGN}\n"
        "Disposition: automatic-action/MDN-sent-automatically; deleted\n\n--b1--\n"
    )

    mail = taken_in(raw.encode())

    assert mail.standing_communication().event.kind == EventKind.AUTO_REPLY_RECEIVED


def test_our_own_id_moves_the_sending_as_before() -> None:
    request = submitted()
    delivery = request.deliveries.get()

    mail = bounced(request, of=delivery.message_id)

    assert mail.standing_communication().event.kind == EventKind.BOUNCED
    assert state_of(delivery) == DeliveryState.BOUNCED


def test_a_bounce_asks_where_no_letter_stands_as_sent_too() -> None:
    request = submitted()
    bounced(request, of=request.deliveries.get().message_id)

    again = bounced(request, action="failed")

    assert (again.is_waiting, offered(again)) == (True, [])
    assert again.match_reason.endswith(ASKS)


def test_a_letter_that_came_back_meanwhile_is_not_moved_twice() -> None:
    request = submitted()
    delivery = request.deliveries.get()
    mail = bounced(request)
    taken_in(bounce(delivery.message_id, to="x@y.example"))

    with pytest.raises(Refused, match="does not stand as sent any more"):
        came_back.record_came_back(mail, delivery, **acting(request))

    mail.refresh_from_db()
    assert mail.is_waiting
    assert offered(mail) == []


def test_mail_that_is_no_bounce_moves_no_letter() -> None:
    request = submitted()
    mail = taken_in(answer_to(request))
    file_mail.take_out(mail.standing_communication(), **acting(request))

    with pytest.raises(Refused, match="no report that a letter came back"):
        came_back.record_came_back(mail, request.deliveries.get(), **acting(request))


def test_a_bounce_moves_no_letter_of_another_newsroom() -> None:
    mail, stranger = bounced(submitted()), submitted(member())

    with pytest.raises(Refused, match="another newsroom"):
        came_back.record_came_back(mail, stranger.deliveries.get(), **acting(stranger))

    assert state_of(stranger.deliveries.get()) == DeliveryState.SENT
