"""Servers that can less: no MOVE, no UIDPLUS, or a folder in which one may change little."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.utils import timezone

from bootstrap.machine import tools
from requests_app.inbound import imap
from requests_app.inbound.imap.folder import STORED
from requests_app.models import InboundMail, MailboxState
from tests.inbound.mailbox import MailServer, without
from tests.inbound.messages import message

pytestmark = [pytest.mark.django_db, pytest.mark.tools]


@contextmanager
def serving(more: str = "", *, inbox_rights: str = "") -> Iterator[MailServer]:
    program = tools.found("dovecot")
    assert program, "no dovecot here: install dovecot-imapd"
    server = MailServer(program, more, inbox_rights=inbox_rights)
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="module")
def without_move() -> Iterator[MailServer]:
    with serving(without("MOVE")) as server:
        yield server


@pytest.fixture(scope="module")
def without_both() -> Iterator[MailServer]:
    with serving(without("MOVE", "UIDPLUS")) as server:
        yield server


def fetch(server: MailServer) -> int:
    return imap.look(imap.Mailbox.at(server.url()), now=timezone.now)


def of(server: MailServer, criteria: str) -> int:
    """How many messages of INBOX a search finds."""
    connection = server.connection()
    connection.select("INBOX", readonly=True)
    found = connection.search(None, criteria)[1][0].split()
    connection.logout()
    return len(found)


def mark_as_deleted(server: MailServer, *numbers: int) -> None:
    """As a person does in another program, who may still change their mind."""
    connection = server.connection()
    connection.select("INBOX")
    for number in numbers:
        connection.store(str(number), "+FLAGS", r"\Deleted")
    connection.logout()


@pytest.mark.parametrize("name", ["without_move", "without_both"])
@pytest.mark.parametrize("done_folder", ["Filed", ""])
def test_what_is_stored_leaves_the_folder(
    name: str, done_folder: str, request: pytest.FixtureRequest, settings: Any
) -> None:
    server = request.getfixturevalue(name)
    server.empty()
    settings.IMAP_DONE_FOLDER = done_folder
    server.put(message(), message(message_id="<2@x.example>"))

    assert fetch(server) == 2

    assert (server.count(), server.count("Filed")) == (0, 2 if done_folder else 0)
    assert (fetch(server), InboundMail.objects.count()) == (0, 2)


@pytest.mark.parametrize("name", ["without_move", "without_both"])
def test_what_somebody_else_marked_as_deleted_stays(
    name: str, request: pytest.FixtureRequest
) -> None:
    """A plain EXPUNGE would take it, for good."""
    server = request.getfixturevalue(name)
    server.empty()
    server.put(message(text="theirs"), message(message_id="<2@x.example>"))
    mark_as_deleted(server, 1)

    assert fetch(server) == 1

    assert of(server, "DELETED") == (1 if name == "without_move" else 2)
    assert server.count("Filed") == 1
    assert fetch(server) == 0  # and ours is not brought again

    connection = server.connection()
    connection.select("INBOX")
    connection.store("1", "-FLAGS", r"\Deleted")  # they changed their mind
    connection.logout()
    assert fetch(server) == 1
    assert (server.count(), InboundMail.objects.count()) == (0, 2)


def test_what_an_earlier_connection_left_marked_goes_when_all_of_it_is_ours(
    without_both: MailServer, monkeypatch: Any
) -> None:
    without_both.empty()
    without_both.put(message())
    with monkeypatch.context() as death:
        death.setattr(imap.looking.empty.__globals__["OpenFolder"], "finish", lambda self: None)
        fetch(without_both)
    assert of(without_both, "DELETED") == 1

    fetch(without_both)

    assert without_both.count() == 0


def test_where_nothing_may_be_deleted_it_is_marked_with_a_keyword() -> None:
    with serving(inbox_rights="lriw") as server:
        server.put(message(), message(message_id="<2@x.example>"))

        assert (fetch(server), fetch(server)) == (2, 0)

        assert (server.count(), of(server, f"KEYWORD {STORED}")) == (2, 2)
        assert of(server, "UNSEEN") == 2  # whether a person has read it is theirs to say
        server.put(message(message_id="<3@x.example>"))
        assert fetch(server) == 1


def test_where_nothing_may_be_changed_it_is_remembered_here() -> None:
    with serving(inbox_rights="lri") as server:
        server.put(message(), message(message_id="<2@x.example>"))

        assert (fetch(server), fetch(server)) == (2, 0)

        assert server.count() == 2
        server.put(message(message_id="<3@x.example>"))
        assert fetch(server) == 1
        MailboxState.objects.update(uid_validity=1)  # the folder was made anew: its numbers too
        assert fetch(server) == 3
        assert InboundMail.objects.count() == 3
