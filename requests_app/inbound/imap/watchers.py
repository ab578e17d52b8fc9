"""The watchers of a worker process: a thread for each mailbox, begun and ended with the worker."""

import logging
from threading import Event, Thread
from typing import Any

from celery.signals import worker_ready, worker_shutting_down
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from requests_app.inbound.imap.mailboxes import mailboxes
from requests_app.inbound.imap.watching import watch

logger = logging.getLogger(__name__)
STOP_SECONDS = 5.0


class Watchers:
    def __init__(self) -> None:
        self.stop = Event()
        self.threads: list[Thread] = []

    def begin(self, **_: Any) -> None:
        """Several workers may: each mailbox is held by one of them at a time."""
        try:
            found = mailboxes()
        except ImproperlyConfigured:
            logger.exception("no mailbox is watched")
            return
        self.stop.clear()
        for box in found:
            thread = Thread(
                target=watch,
                kwargs={"box": box, "now": timezone.now, "stop": self.stop},
                name=f"mailbox {box.address}",
                daemon=True,  # a message that is half fetched does not keep the worker from ending
            )
            thread.start()
            self.threads.append(thread)

    def end(self, **_: Any) -> None:
        """They say good-bye and let go of their mailboxes; another worker takes them at once."""
        self.stop.set()
        for thread in self.threads:
            thread.join(STOP_SECONDS)
        self.threads.clear()


watchers = Watchers()
if settings.IMAP_URL:
    worker_ready.connect(watchers.begin, weak=False)
    worker_shutting_down.connect(watchers.end, weak=False)
