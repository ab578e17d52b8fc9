"""One message is filed once, by whatever ways it comes; two messages, however alike, twice."""

from typing import Any

import pytest
from django.db import IntegrityError

from requests_app.actions.mail import incoming
from requests_app.inbound import tasks
from requests_app.models import Communication, Event, InboundMail, MailFile
from requests_app.reply_addresses import reply_address
from tests.factories import submitted
from tests.inbound.messages import answer_to, kept, message, taken_in

pytestmark = pytest.mark.django_db

RECEIVED = b"Received: from relay.example by mx.example; Mon, 02 Nov 2026 12:01:00 -0500\r\n"
FILES = [("records.csv", b"a,b\n")]
MAIL_EVENTS = ("mail_received", "auto_reply_received")


def counts() -> dict[str, int]:
    """What stands in the ledger and the correspondence."""
    return {
        "filed": Communication.objects.count(),
        "events": Event.objects.filter(kind__in=MAIL_EVENTS).count(),
        "attached": sum(c.attachments.count() for c in Communication.objects.all()),
        "waiting": InboundMail.objects.filter(is_waiting=True).count(),
        "copies": InboundMail.objects.exclude(duplicate_of=None).count(),
    }


def test_a_copy_by_another_way_is_filed_once():
    raw = answer_to(submitted(), files=FILES)

    first, copy = taken_in(raw), taken_in(RECEIVED + raw)

    assert copy.duplicate_of == first
    assert counts() == {"filed": 1, "events": 1, "attached": 1, "waiting": 0, "copies": 1}


def test_a_copy_is_kept_as_it_came():
    raw = answer_to(submitted())
    taken_in(raw)

    copy = taken_in(RECEIVED + raw)

    with copy.raw.open("rb") as kept_bytes:
        assert kept_bytes.read() == RECEIVED + raw


def test_the_same_bytes_again_are_not_even_stored_again():
    raw = answer_to(submitted(), files=FILES)

    first, second = taken_in(raw), taken_in(raw)

    assert (first.pk, InboundMail.objects.count(), MailFile.objects.count()) == (second.pk, 1, 1)
    assert counts() == {"filed": 1, "events": 1, "attached": 1, "waiting": 0, "copies": 0}


def test_a_copy_of_what_waits_for_a_person_waits_once():
    raw = message(sender="x@nowhere.example", subject="Hello")
    submitted()

    first, copy = taken_in(raw), taken_in(RECEIVED + raw)

    assert (first.is_waiting, list(first.duplicates.all())) == (True, [copy])
    assert counts() == {"filed": 0, "events": 0, "attached": 0, "waiting": 1, "copies": 1}


def test_a_copy_is_a_copy_of_the_first_however_many_come():
    raw = answer_to(submitted())

    first, *copies = [taken_in(RECEIVED * number + raw) for number in range(4)]

    assert [copy.duplicate_of for copy in copies] == [first] * 3
    assert counts()["filed"] == 1


def test_two_copies_read_at_the_same_moment_are_filed_once(monkeypatch: pytest.MonkeyPatch):
    """The second reader saw no first copy, as its row was not there yet; the database says no."""
    raw = answer_to(submitted(), files=FILES)
    first, second = kept(raw), kept(RECEIVED + raw)
    look, blind = incoming._is_held_unread, [True]

    def looked_too_early(mail: InboundMail) -> bool:
        found = look(mail)
        if mail.pk == second.pk and blind:
            blind.pop()
            mail.duplicate_of_id = None
        return found

    monkeypatch.setattr(incoming, "_is_held_unread", looked_too_early)
    incoming.take_in(first, at=first.arrived_at)
    incoming.take_in(second, at=second.arrived_at)

    second.refresh_from_db()
    assert second.duplicate_of == first
    assert counts() == {"filed": 1, "events": 1, "attached": 1, "waiting": 0, "copies": 1}


def test_the_database_itself_keeps_a_second_first_copy_out():
    raw = answer_to(submitted())
    taken_in(raw)
    copy = taken_in(RECEIVED + raw)

    with pytest.raises(IntegrityError):
        InboundMail.objects.filter(pk=copy.pk).update(duplicate_of=None)


def test_the_sweep_reads_a_copy_that_was_left_and_files_it_nowhere():
    raw = answer_to(submitted(), files=FILES)
    taken_in(raw)
    kept(RECEIVED + raw)

    tasks.sweep_mail()

    assert counts() == {"filed": 1, "events": 1, "attached": 1, "waiting": 0, "copies": 1}


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Other words."},
        {"files": [("records.csv", b"a,b,c\n")]},
        {"message_id": "<another@x.example>"},
    ],
)
def test_what_differs_is_no_copy(other: dict[str, Any]):
    request = submitted()
    said: dict[str, Any] = {"files": FILES, "message_id": "<one@x.example>", "text": "Words."}

    taken_in(answer_to(request, **said))
    taken_in(answer_to(request, **{**said, **other}))

    assert (counts()["filed"], counts()["copies"]) == (2, 0)


def test_without_a_date_and_an_id_the_same_words_may_be_said_twice():
    request = submitted()
    bare = f"From: c@x.example\nTo: {reply_address(request)}\nSubject: Update\n\nNot yet."

    mails = [taken_in(f"{bare}{end}".encode()) for end in ("\n", "\n\n", "\n")]

    assert [mail.duplicate_of for mail in mails] == [None] * 3
    assert mails[0].pk == mails[2].pk != mails[1].pk
    assert request.communications.count() == 2


def test_one_message_to_two_requests_by_two_envelopes_is_filed_to_both():
    first, second = submitted(), submitted()
    raw = message(to="undisclosed-recipients:;")

    one, two = (taken_in(raw, to=reply_address(r)) for r in (first, second))

    filed = [mail.standing_communication().records_request for mail in (one, two)]
    assert filed == [first, second]
