"""A mailbox watched as long as the worker runs: the server says when mail comes (IDLE, RFC 2177).

A server that cannot is asked each minute. No connection idles longer than ten minutes: firewalls
and servers forget longer ones without a word, so the mailbox is then looked into in any case.
"""

import logging
import time
from datetime import datetime
from typing import Protocol

from django.db import DatabaseError, close_old_connections
from imapclient import IMAPClient

from requests_app.inbound.imap.connection import TROUBLE, opened
from requests_app.inbound.imap.fetching import empty
from requests_app.inbound.imap.holding import BusyError, Clock, Hold, held, in_words, noted
from requests_app.inbound.imap.mailboxes import Mailbox

logger = logging.getLogger(__name__)
SLICE_SECONDS = 1.0  # how soon a watcher hears that it is to stop
IDLE_SECONDS = 600.0
POLL_SECONDS = 60.0
BUSY_SECONDS = 30.0  # until a mailbox that another process holds is tried again


class Stop(Protocol):
    """As threading.Event has them."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float | None = None) -> bool: ...


def watch(box: Mailbox, *, now: Clock, stop: Stop) -> None:
    """Until told to stop. Whatever breaks is written down, and tried again after a growing wait."""
    while not stop.is_set():
        close_old_connections()
        wait = SLICE_SECONDS
        try:
            with held(box, now=now) as hold:
                wait = max(wait, _seconds_until(hold.state.not_before, at=now()))
                if wait <= SLICE_SECONDS:
                    with noted(hold):
                        _listen(box, hold, stop)
        except BusyError:
            wait = BUSY_SECONDS
        except TROUBLE as error:
            logger.warning("the mailbox %s: %s", box.address, in_words(error))
        except DatabaseError:
            logger.exception("the mailbox %s waits for the database", box.address)
            wait = BUSY_SECONDS
        stop.wait(min(wait, BUSY_SECONDS))
    close_old_connections()


def _seconds_until(moment: datetime | None, *, at: datetime) -> float:
    return (moment - at).total_seconds() if moment else 0.0


def _listen(box: Mailbox, hold: Hold, stop: Stop) -> None:
    """Over one connection: bring what is there, wait for more, again and again."""

    def go_on() -> bool:
        return not stop.is_set() and hold.renew()

    with opened(box) as client:
        is_idle = bool(client.has_capability("IDLE"))
        hold.note_idle(is_idle)
        while go_on():
            hold.note_success(empty(client, box.folder, hold, go_on=go_on))
            end = time.monotonic() + (IDLE_SECONDS if is_idle else POLL_SECONDS)
            if is_idle:
                _idle(client, hold, stop, end=end)
            else:
                while go_on() and time.monotonic() < end:
                    stop.wait(SLICE_SECONDS)


def _idle(client: IMAPClient, hold: Hold, stop: Stop, *, end: float) -> None:
    """Until the server says something, or `end`.

    A line that broke answers at once and with nothing: that ends it too, and the next command
    says what is wrong.
    """
    client.idle()
    while not stop.is_set() and hold.renew():
        began = time.monotonic()
        said = client.idle_check(timeout=SLICE_SECONDS)
        is_cut_short = time.monotonic() - began < SLICE_SECONDS / 2
        if said or is_cut_short or began > end:
            break
    client.idle_done()
