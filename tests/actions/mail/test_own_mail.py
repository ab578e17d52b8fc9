"""Our own mail coming back: recognized, filed quietly, and suggesting nothing."""

import pytest

from requests_app.models import Communication, Delivery, EventKind, InboundMail, Notice
from requests_app.reply_addresses import reply_address
from requests_app.return_paths import return_path
from tests.factories import submitted
from tests.inbound.messages import answer_to, bounce, message, taken_in

pytestmark = pytest.mark.django_db
DENIED = "Your request is denied under section 7."


@pytest.fixture
def sent() -> Delivery:
    return submitted().deliveries.get()


def filed_quietly(mail: InboundMail, sent: Delivery) -> Communication:
    filed = mail.standing_communication()
    assert filed.records_request == sent.records_request
    assert (mail.kind, mail.is_waiting) == ("ours", False)
    assert filed.event.kind == EventKind.AUTO_REPLY_RECEIVED
    assert (filed.suggestions, filed.is_to_be_read) == ([], False)
    assert not Notice.objects.filter(records_request=sent.records_request).exists()
    return filed


def test_our_letter_that_comes_back_by_a_copy_is_filed_quietly(sent: Delivery) -> None:
    raw = message(
        to="everybody@stamford.example",
        sender=f"The Ledger <{reply_address(sent.records_request)}>",
        message_id=sent.message_id,
        text=DENIED,
    )

    filed_quietly(taken_in(raw), sent)


def test_our_letter_that_a_list_sends_under_its_own_name_is_known_by_its_id(sent: Delivery) -> None:
    raw = message(
        to="list@stamford.example",
        sender="Clerks <list@stamford.example>",
        message_id=sent.message_id,
        text=DENIED,
    )

    mail = taken_in(raw)

    filed_quietly(mail, sent)
    assert "by a list or a copy" in mail.kind_reason


def test_our_own_address_as_sender_suggests_nothing(sent: Delivery) -> None:
    ours = reply_address(sent.records_request)

    filed_quietly(taken_in(answer_to(sent.records_request, sender=ours, text=DENIED)), sent)


def test_a_return_path_as_sender_suggests_nothing(sent: Delivery) -> None:
    raw = answer_to(sent.records_request, sender=return_path(sent), text=DENIED)

    filed_quietly(taken_in(raw), sent)


def test_our_own_notices_are_kept_and_ask_nobody(settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Records Desk <desk@mail.records-desk.test>"

    mail = taken_in(message(sender="desk@mail.records-desk.test", to="someone@x.example"))

    assert (mail.kind, mail.is_waiting) == ("ours", False)
    assert mail.match_reason == mail.kind_reason


def test_a_notice_of_ours_with_a_reply_address_is_filed_there(sent: Delivery, settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "desk@mail.records-desk.test"
    raw = answer_to(sent.records_request, sender="desk@mail.records-desk.test", text=DENIED)

    filed_quietly(taken_in(raw), sent)


def test_another_address_of_our_domain_is_a_person(sent: Delivery) -> None:
    raw = answer_to(sent.records_request, sender="ana@mail.records-desk.test", text=DENIED)

    assert taken_in(raw).kind == "person"


def test_a_made_up_id_of_our_domain_is_no_letter_of_ours(sent: Delivery) -> None:
    raw = answer_to(sent.records_request, message_id="<1@mail.records-desk.test>", text=DENIED)

    mail = taken_in(raw)

    assert mail.kind == "person"
    assert mail.standing_communication().suggestions


def test_a_bounce_of_our_letter_stays_a_bounce(sent: Delivery) -> None:
    mail = taken_in(bounce(sent.message_id, to=return_path(sent)))

    assert mail.kind == "bounce"
