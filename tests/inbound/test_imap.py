"""A mailbox on a real server: stored first, moved after; dying in between doubles nothing."""

import errno
import os
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from bootstrap.machine import tools
from requests_app.inbound import imap, tasks
from requests_app.models import CameBy, InboundMail
from requests_app.storage import content
from tests.factories import submitted
from tests.inbound.mailbox import MailServer
from tests.inbound.messages import answer_to, message

pytestmark = [pytest.mark.django_db, pytest.mark.tools]


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    program = tools.found("dovecot")
    assert program, "no dovecot here: install dovecot-imapd"
    running = MailServer(program)
    yield running
    running.stop()


@pytest.fixture
def mailbox(server: MailServer, settings: Any) -> MailServer:
    server.empty()
    settings.IMAP_URL, settings.IMAP_DONE_FOLDER = server.url(), "Filed"
    return server


def fetch(mailbox: MailServer) -> int:
    return imap.fetch(mailbox.url(), now=timezone.now)


def raw_of(mail: InboundMail) -> bytes:
    with mail.raw.open("rb") as file:
        return bytes(file.read())


def test_mail_is_stored_and_moved(mailbox: MailServer) -> None:
    request = submitted()
    raws = [answer_to(request, message_id=f"<{n}@x.example>", text=str(n)) for n in range(3)]
    mailbox.put(*raws)

    assert fetch(mailbox) == 3
    tasks.sweep_mail()

    stored = InboundMail.objects.order_by("pk")
    assert [raw_of(mail) for mail in stored] == [raw.replace(b"\n", b"\r\n") for raw in raws]
    assert {mail.came_by for mail in stored} == {CameBy.IMAP}
    assert (mailbox.count(), mailbox.count("Filed")) == (0, 3)
    assert request.communications.count() == 3


def test_it_is_deleted_where_no_folder_is_named(mailbox: MailServer, settings: Any) -> None:
    settings.IMAP_DONE_FOLDER = ""
    mailbox.put(message())

    fetch(mailbox)

    assert (mailbox.count(), mailbox.count("Filed")) == (0, 0)
    assert InboundMail.objects.count() == 1


def test_a_server_without_move_is_given_copy_and_delete(
    mailbox: MailServer, monkeypatch: Any
) -> None:
    opened = imap._opened

    def without_move(box: imap.Mailbox) -> Any:
        from contextlib import contextmanager

        @contextmanager
        def changed() -> Iterator[Any]:
            with opened(box) as found:
                found.capabilities = tuple(c for c in found.capabilities if c != "MOVE")
                yield found

        return changed()

    monkeypatch.setattr(imap, "_opened", without_move)
    mailbox.put(message())

    fetch(mailbox)

    assert (mailbox.count(), mailbox.count("Filed")) == (0, 1)


def test_dying_between_the_commit_and_the_move_stores_nothing_twice(
    mailbox: MailServer, monkeypatch: Any
) -> None:
    mailbox.put(message(), message(message_id="<2@x.example>"))

    def dies(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as death:
        death.setattr(imap, "_put_away", dies)
        with pytest.raises(KeyboardInterrupt):
            fetch(mailbox)
    assert (mailbox.count(), InboundMail.objects.count()) == (2, 1)

    fetch(mailbox)

    assert (mailbox.count(), InboundMail.objects.count()) == (0, 2)


def test_a_full_disk_leaves_the_message_in_the_mailbox(
    mailbox: MailServer, monkeypatch: Any
) -> None:
    mailbox.put(message())

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(content.os, "fsync", full)
        with pytest.raises(CommandError, match="could not be emptied"):
            call_command("fetch_mail", stdout=StringIO())

    assert (mailbox.count(), InboundMail.objects.count()) == (1, 0)


def test_a_mailbox_made_anew_under_the_same_name_is_read_like_any(mailbox: MailServer) -> None:
    """Its UIDVALIDITY changes and its numbers begin again: none of ours were kept."""
    connection = mailbox.connection()
    connection.create("Requests")
    mailbox.put(message(text="old"), folder="Requests")
    imap.fetch(mailbox.url("Requests"), now=timezone.now)
    connection.delete("Requests")
    connection.create("Requests")
    mailbox.put(message(text="new"), folder="Requests")

    imap.fetch(mailbox.url("Requests"), now=timezone.now)
    connection.delete("Requests")
    connection.logout()

    assert InboundMail.objects.count() == 2


def test_a_large_message_comes_in_pieces(mailbox: MailServer, monkeypatch: Any) -> None:
    monkeypatch.setattr(imap, "CHUNK", 1000)
    raw = message(text="line of text\n" * 2000)
    exact = message(text="a")
    mailbox.put(raw, exact)

    fetch(mailbox)

    stored = {raw_of(mail) for mail in InboundMail.objects.all()}
    assert stored == {each.replace(b"\n", b"\r\n") for each in (raw, exact)}


def test_it_arrived_when_the_mailbox_got_it(mailbox: MailServer) -> None:
    connection = mailbox.connection()
    connection.append("INBOX", "", '"31-Oct-2026 21:15:00 -0400"', message())
    connection.logout()

    fetch(mailbox)

    assert InboundMail.objects.get().arrived_at.isoformat() == "2026-11-01T01:15:00+00:00"


def test_the_command_and_the_task_do_the_same(mailbox: MailServer) -> None:
    mailbox.put(message())
    out = StringIO()
    call_command("fetch_mail", stdout=out)
    mailbox.put(message(text="again"))
    tasks.fetch_mailbox()

    assert out.getvalue() == "1 message stored\n"
    assert InboundMail.objects.count() == 2


def test_a_wrong_password_is_said(mailbox: MailServer, settings: Any) -> None:
    settings.IMAP_URL = mailbox.url().replace("secret", "guess")

    with pytest.raises(CommandError, match="could not be emptied"):
        call_command("fetch_mail")


@pytest.mark.parametrize("url", ["https://x.example", "imaps://host/INBOX", "imap:///"])
def test_an_address_that_is_none_says_what_it_should_be(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="imaps://user:password@host/INBOX"):
        imap.Mailbox.at(url)
