"""One message is filed once, however often and by whatever ways it comes; two messages twice."""

from typing import Any

import pytest

from requests_app.actions.mail import incoming
from requests_app.models import InboundMail
from requests_app.reply_addresses import reply_address
from tests.factories import submitted
from tests.inbound.messages import answer_to, kept, message, taken_in

pytestmark = pytest.mark.django_db
RELAYED = b"Received: from relay.example by mx.example; Mon, 02 Nov 2026 12:01:00 -0500\r\n"


def test_the_same_message_twice_is_one_by_content() -> None:
    request = submitted()
    raw = answer_to(request)
    relayed = RELAYED + raw

    first, again, copy = taken_in(raw), taken_in(raw), taken_in(relayed)

    assert again.pk == first.pk
    assert copy.duplicate_of == first
    assert not copy.is_waiting
    assert request.communications.count() == 1
    with copy.raw.open("rb") as kept:
        assert kept.read() == relayed


def test_a_copy_of_what_waits_in_the_inbox_does_not_wait_there_too() -> None:
    raw = message(sender="x@nowhere.example", subject="Hello")

    first, copy = taken_in(raw), taken_in(RELAYED + raw)

    assert (first.is_waiting, copy.is_waiting) == (True, False)
    assert list(first.duplicates.all()) == [copy]


def test_two_copies_read_at_the_same_moment_are_filed_once(monkeypatch: Any) -> None:
    """Neither sees the other's row, until the database refuses the second."""
    request = submitted()
    first = taken_in(answer_to(request))
    copy = kept(RELAYED + answer_to(request))
    looks = incoming._is_held_unread
    blind = [True]

    def sees_it_too_late(mail: InboundMail) -> bool:
        found = looks(mail)
        if blind:
            blind.pop()
            mail.duplicate_of_id = None
        return found

    monkeypatch.setattr(incoming, "_is_held_unread", sees_it_too_late)
    incoming.take_in(copy, at=copy.arrived_at)

    copy.refresh_from_db()
    assert copy.duplicate_of == first
    assert request.communications.count() == 1


def test_without_a_date_and_an_id_the_same_words_may_be_said_twice() -> None:
    request = submitted()
    bare = f"From: c@x.example\nTo: {reply_address(request)}\nSubject: Update\n\nNot yet."

    mails = [taken_in(f"{bare}{end}".encode()) for end in ("\n", "\n\n", "\n")]

    assert [mail.duplicate_of for mail in mails] == [None] * 3
    assert mails[0].pk == mails[2].pk != mails[1].pk
    assert request.communications.count() == 2


def test_a_reused_message_id_with_other_content_is_two() -> None:
    request = submitted()

    first = taken_in(answer_to(request, text="One"))
    second = taken_in(answer_to(request, text="Two"))

    assert first.message_id == second.message_id
    assert second.duplicate_of is None
    assert request.communications.count() == 2


def test_one_message_to_two_requests_by_two_envelopes_is_filed_to_both() -> None:
    first, second = submitted(), submitted()
    raw = message(to="undisclosed-recipients:;")

    one, two = (taken_in(raw, to=reply_address(r)) for r in (first, second))

    filed = [mail.standing_communication().records_request for mail in (one, two)]
    assert filed == [first, second]
