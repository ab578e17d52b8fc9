"""A mailbox on a real server: stored first, moved after, whatever the server can."""

import errno
import os
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from requests_app.inbound import imap, tasks
from requests_app.inbound.imap import fetching
from requests_app.models import CameBy, InboundMail, MailboxState
from requests_app.storage import content
from tests.factories import submitted
from tests.inbound.mailbox import MailServer
from tests.inbound.messages import answer_to, message

pytestmark = [pytest.mark.django_db, pytest.mark.tools]


@pytest.fixture
def mailbox(server: MailServer, settings: Any) -> MailServer:
    server.empty()
    settings.IMAP_URL, settings.IMAP_DONE_FOLDER = server.url(), "Filed"
    return server


def fetch(mailbox: MailServer, folder: str = "INBOX") -> int:
    return imap.look(imap.Mailbox.at(mailbox.url(folder)), now=timezone.now)


def wait_of(state: MailboxState) -> float:
    """Seconds from the failure to the next try."""
    assert state.not_before is not None
    assert state.failed_at is not None
    return (state.not_before - state.failed_at).total_seconds()


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


def test_a_full_disk_leaves_the_message_in_the_mailbox(
    mailbox: MailServer, monkeypatch: Any
) -> None:
    mailbox.put(message())

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(content.os, "fsync", full)
        with pytest.raises(CommandError, match="Not emptied"):
            call_command("fetch_mail", stdout=StringIO())

    assert (mailbox.count(), InboundMail.objects.count()) == (1, 0)


def test_a_mailbox_made_anew_under_the_same_name_is_read_like_any(mailbox: MailServer) -> None:
    """Its UIDVALIDITY changes and its numbers begin again: none of ours were kept."""
    connection = mailbox.connection()
    connection.create("Requests")
    mailbox.put(message(text="old"), folder="Requests")
    fetch(mailbox, "Requests")
    connection.delete("Requests")
    connection.create("Requests")
    mailbox.put(message(text="new"), folder="Requests")

    fetch(mailbox, "Requests")
    connection.delete("Requests")
    connection.logout()

    assert InboundMail.objects.count() == 2


def test_a_large_message_comes_in_pieces(mailbox: MailServer, monkeypatch: Any) -> None:
    monkeypatch.setattr(fetching, "CHUNK", 1000)
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

    with pytest.raises(CommandError, match="Not emptied"):
        call_command("fetch_mail")


@pytest.mark.parametrize(
    "url", ["https://x.example", "imaps://host/INBOX", "imap:///", "imaps://a@h:x/"]
)
def test_an_address_that_is_none_says_what_it_should_be(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="imaps://user:password@host/INBOX"):
        imap.Mailbox.at(url)


def test_several_mailboxes_are_each_emptied_though_one_fails(
    mailbox: MailServer, settings: Any
) -> None:
    wrong = mailbox.url().replace("secret", "guess").replace("INBOX", "Other")
    settings.IMAP_URL = f"{wrong} {mailbox.url()}\n{mailbox.url()}"
    mailbox.put(message())

    with pytest.raises(CommandError, match=r"Not emptied: desk at 127.0.0.1:[0-9]+/Other"):
        call_command("fetch_mail", stdout=StringIO())

    assert InboundMail.objects.count() == 1
    failed, well = MailboxState.objects.order_by("-failures")
    assert (failed.failures, failed.looked_at, bool(failed.not_before)) == (1, None, True)
    assert "uthentication" in failed.trouble
    assert "guess" not in f"{failed.address}{failed.trouble}"
    assert (well.failures, well.stored, well.held_by, well.held_until) == (0, 1, "", None)


def test_a_mailbox_that_fails_is_left_alone_ever_longer(mailbox: MailServer, settings: Any) -> None:
    settings.IMAP_URL = mailbox.url().replace("secret", "guess")
    with pytest.raises(CommandError):
        call_command("fetch_mail", stdout=StringIO())
    once = MailboxState.objects.get()

    tasks.fetch_mailbox()  # too soon
    again = MailboxState.objects.get()
    MailboxState.objects.update(not_before=None, failures=7)
    tasks.fetch_mailbox()
    later = MailboxState.objects.get()

    assert (once.failures, again.failures, later.failures) == (1, 1, 8)
    assert wait_of(once) < 10
    assert wait_of(later) >= 600


def test_a_mailbox_that_somebody_else_holds_is_left_to_them(mailbox: MailServer) -> None:
    mailbox.put(message())
    box = imap.Mailbox.at(mailbox.url())
    now = timezone.now()
    MailboxState.objects.take(box.address, by="another worker", at=now)

    with pytest.raises(imap.BusyError, match="Another process"):
        fetch(mailbox)
    assert (mailbox.count(), InboundMail.objects.count()) == (1, 0)

    MailboxState.objects.update(held_until=now)  # it has died, and its claim has run out
    assert fetch(mailbox) == 1


def test_a_message_that_the_server_does_not_give_holds_up_no_other(
    mailbox: MailServer, monkeypatch: Any
) -> None:
    mailbox.put(message(text="first"), message(text="second", message_id="<2@x.example>"))
    chunks = fetching._chunks

    def of_the_second(client: Any, uid: int, hold: Any) -> Any:
        if InboundMail.objects.count() == 0 and not refused:
            refused.append(uid)
            raise imap.MailboxError("the server gave nothing of it")
        return chunks(client, uid, hold)

    refused: list[int] = []
    monkeypatch.setattr(fetching, "_chunks", of_the_second)
    with pytest.raises(imap.MailboxError, match=r"1 of its messages could not be fetched"):
        fetch(mailbox)

    assert b"second" in raw_of(InboundMail.objects.get())
    assert mailbox.count() == 1
    assert fetch(mailbox) == 1
    assert InboundMail.objects.count() == 2
