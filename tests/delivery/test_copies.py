"""A copy goes to whom it is for, and one that a server does not take holds nothing up."""

from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from requests_app.actions.mail.calls_and_letters import CallOrLetter, record_call_or_letter
from requests_app.actions.sending.plain_replies import PlainReply, reply_to
from requests_app.delivery.send import send
from requests_app.letters import Copy, Sending
from requests_app.models import Channel, Delivery, DeliveryState
from tests.delivery.smtp_server import Script, smtp_server
from tests.factories import CLERK, NOW, TODAY, acting, submitted

pytestmark = pytest.mark.django_db

MAYOR = "mayor@stamford.example"


class Choosy(Script):
    """Takes nothing for one address."""

    def __init__(self, refused: str, answer: str) -> None:
        super().__init__()
        self.refused, self.answer = refused, answer

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == self.refused:
            return self.answer
        return await super().handle_RCPT(server, session, envelope, address, options)


@pytest.fixture
def reply() -> Delivery:
    request = submitted()
    heard = CallOrLetter(channel="phone", on=TODAY, who="Dana", text="Which ones?")
    message = record_call_or_letter(request, heard, **acting(request))
    sending = Sending(Channel.EMAIL, CLERK, copies=(Copy.by_email(MAYOR),))
    return reply_to(message, PlainReply("Dear Clerk: all of them.", sending), **acting(request))


def sent_through(delivery: Delivery, script: Script, settings: Any) -> Script:
    with smtp_server(settings, script) as server:
        send(delivery.pk, now=lambda: NOW)
    delivery.refresh_from_db()
    return server


def test_a_copy_goes_to_whom_it_is_for(reply: Delivery, settings: Any) -> None:
    server = sent_through(reply, Script(), settings)

    assert server.envelopes[0].rcpt_tos == [CLERK, MAYOR]
    assert (server.messages[0]["To"], server.messages[0]["Cc"]) == (CLERK, MAYOR)
    assert reply.state == DeliveryState.SENT


@pytest.mark.parametrize("answer", ["550 5.1.1 no such mailbox", "451 4.3.0 try later"])
def test_a_copy_that_is_not_taken_holds_nothing_up_and_is_told(
    reply: Delivery, settings: Any, answer: str
) -> None:
    server = sent_through(reply, Choosy(MAYOR, answer), settings)

    assert server.envelopes[0].rcpt_tos == [CLERK]
    assert reply.state == DeliveryState.SENT
    assert f"No copy went to {MAYOR}: {answer[:3]}" in reply.last_answer


def test_a_letter_whose_own_address_is_refused_goes_to_nobody(
    reply: Delivery, settings: Any
) -> None:
    server = sent_through(reply, Choosy(CLERK, "550 5.1.1 no such mailbox"), settings)

    assert server.messages == []
    assert reply.state == DeliveryState.FAILED
