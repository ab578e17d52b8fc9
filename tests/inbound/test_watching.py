"""A watched mailbox: mail comes at once, a broken line is waited for, and the end is clean."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from celery.signals import worker_ready
from django.utils import timezone

from bootstrap.machine import tools
from requests_app.inbound import imap
from requests_app.inbound.imap import watchers, watching
from requests_app.models import InboundMail, MailboxState
from tests.inbound.mailbox import MailServer, without
from tests.inbound.messages import message

pytestmark = [pytest.mark.django_db, pytest.mark.tools]
MOST_STEPS = 60  # of a second at most: a watcher that never ends fails its test


class Steps:
    """A stop that does something each time it is asked, until there is nothing left to do.

    Each step is done once the one before has shown: (do, when it has shown).
    """

    def __init__(self, *steps: tuple[Callable[[], object], Callable[[], bool]]) -> None:
        self.steps = list(steps)
        self.has_shown: Callable[[], bool] = lambda: True
        self.asked = 0
        self.waits: list[float] = []

    def is_set(self) -> bool:
        self.asked += 1
        assert self.asked < MOST_STEPS, f"nothing came of it; {len(self.steps)} steps are left"
        if not self.has_shown():
            return False
        if not self.steps:
            return True
        do, self.has_shown = self.steps.pop(0)
        do()
        return False

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0.0)
        MailboxState.objects.update(not_before=None)  # as if that time had passed
        return False


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The watcher is not in a thread of its own here: the connection is the test's."""
    monkeypatch.setattr(watching, "close_old_connections", lambda: None)


@pytest.fixture
def mailbox(server: MailServer) -> MailServer:
    server.empty()
    return server


def stored(count: int) -> Callable[[], bool]:
    return lambda: InboundMail.objects.count() == count


def looked() -> bool:
    return MailboxState.objects.filter(looked_at__isnull=False).exists()


def put(mailbox: MailServer, number: int) -> Callable[[], None]:
    return lambda: mailbox.put(message(message_id=f"<{number}@x.example>"))


def watch(mailbox: MailServer, stop: Steps) -> MailboxState:
    watching.watch(imap.Mailbox.at(mailbox.url()), now=timezone.now, stop=stop)
    return MailboxState.objects.get()


def test_mail_comes_as_soon_as_the_server_has_it(
    mailbox: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    connections = []
    opened = watching.opened
    monkeypatch.setattr(watching, "opened", lambda box: connections.append(box) or opened(box))  # type: ignore[func-returns-value]

    state = watch(
        mailbox,
        Steps((lambda: None, looked), (put(mailbox, 1), stored(1)), (put(mailbox, 2), stored(2))),
    )

    assert mailbox.count("Filed") == 2
    assert (state.is_idle, state.stored, state.failures) == (True, 2, 0)
    assert (state.held_by, state.held_until) == ("", None)  # let go, for whoever comes next
    assert len(connections) == 1


def test_a_broken_line_is_waited_for_and_nothing_is_missed(
    mailbox: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    def break_lines() -> None:
        mailbox.put(message(message_id="<1@x.example>"))
        mailbox.break_lines()

    stop = Steps((lambda: None, looked), (break_lines, stored(1)))

    state = watch(mailbox, stop)

    assert (state.stored, state.failures, state.trouble) == (1, 0, "")


def test_a_server_that_is_away_is_tried_ever_more_rarely(mailbox: MailServer) -> None:
    box = imap.Mailbox.at(mailbox.url().replace(f":{mailbox.port}", ":1"))
    failures: list[int] = []

    class FiveTries(Steps):
        def is_set(self) -> bool:
            failures.append(state.failures if (state := MailboxState.objects.first()) else 0)
            return failures[-1] == 5

    stop = FiveTries()
    watching.watch(box, now=timezone.now, stop=stop)

    state = MailboxState.objects.get()
    assert failures == [0, 1, 2, 3, 4, 5]
    assert "refused" in state.trouble
    assert (state.not_before, state.held_by) == (None, "")


def test_it_does_not_try_before_its_time(mailbox: MailServer) -> None:
    mailbox.put(message())
    box = imap.Mailbox.at(mailbox.url())
    later = timezone.now() + timedelta(minutes=5)
    MailboxState.objects.create(address=box.address, failures=6, not_before=later)

    class Twice(Steps):
        def is_set(self) -> bool:
            self.asked += 1
            return self.asked > 2

        def wait(self, timeout: float | None = None) -> bool:
            self.waits.append(timeout or 0.0)
            return False

    stop = Twice()
    watching.watch(box, now=timezone.now, stop=stop)

    assert stop.waits == [watching.BUSY_SECONDS] * 2
    assert (mailbox.count(), InboundMail.objects.count()) == (1, 0)


def test_a_mailbox_that_another_worker_watches_is_left_to_it(mailbox: MailServer) -> None:
    box = imap.Mailbox.at(mailbox.url())
    MailboxState.objects.take(box.address, by="another worker", at=timezone.now())
    mailbox.put(message())

    class Once(Steps):
        def is_set(self) -> bool:
            self.asked += 1
            return self.asked > 1

    stop = Once()
    watching.watch(box, now=timezone.now, stop=stop)

    assert stop.waits == [watching.BUSY_SECONDS]
    assert MailboxState.objects.get().held_by == "another worker"
    assert InboundMail.objects.count() == 0


def test_a_server_without_idle_is_asked_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = tools.found("dovecot")
    assert program
    monkeypatch.setattr(watching, "POLL_SECONDS", 0.0)
    server = MailServer(program, without("IDLE"))
    try:
        state = watch(server, Steps((lambda: None, looked), (put(server, 1), stored(1))))
    finally:
        server.stop()

    assert (state.is_idle, state.stored) == (False, 1)


def test_a_worker_begins_a_watcher_for_each_mailbox_and_ends_them(
    mailbox: MailServer, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.IMAP_URL = f"{mailbox.url()} {mailbox.url('Other')} {mailbox.url()}"
    watched: list[str] = []
    ended: list[str] = []

    def watch(*, box: imap.Mailbox, now: Any, stop: Any) -> None:
        watched.append(box.folder)
        assert stop.wait(30)
        ended.append(box.folder)

    monkeypatch.setattr(watchers, "watch", watch)
    own = watchers.Watchers()
    worker_ready.connect(own.begin, weak=False)
    try:
        worker_ready.send(sender=None)
    finally:
        worker_ready.disconnect(own.begin)
    own.end()

    assert sorted(watched) == sorted(ended) == ["INBOX", "Other"]
