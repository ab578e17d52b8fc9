"""Send what is promised, so that at every moment the row says what may have happened."""

from collections.abc import Callable
from datetime import datetime

import structlog

from requests_app.models import Notice
from requests_app.reminders.mails import outbox
from requests_app.reminders.mails.mail_body import message_for
from requests_app.reminders.mails.server import Away, Never, NotNow, Server, Unknown

log = structlog.get_logger(__name__)

BATCH = 200  # in one run; the next one takes the rest


def send_due(*, now: Callable[[], datetime]) -> int:
    """Every mail that is due, each settled by itself; how many were tried."""
    outbox.release_stuck(at=now())
    due = Notice.objects.due(at=now()).order_by("not_before", "pk")
    tried = 0
    with Server() as server:
        for notice_id in list(due.values_list("pk", flat=True)[:BATCH]):
            tried += 1
            if not send(notice_id, server, now=now):
                break
    return tried


def send(notice_id: int, server: Server, *, now: Callable[[], datetime]) -> bool:
    """Claim it, write it, mark that it is being handed over, do so. False: the server is away.

    The claim is a compare-and-set: the loser of a race returns at once. Up to the mark nothing was
    given; from the mark on, a death leaves a doubt.
    """
    notice = outbox.claim(notice_id, at=now())
    if notice is None:
        return True
    try:
        _give(notice, server, now=now)
    except Away as error:
        outbox.retry_later(notice, at=now(), answer=str(error))
        return False
    except NotNow as error:
        outbox.retry_later(notice, at=now(), answer=str(error))
    except Never as error:
        outbox.mark_failed(notice, answer=str(error))
    except Unknown as error:
        outbox.retry_in_doubt(notice, at=now(), answer=str(error))
    # A mail that cannot be written is tried again, shown to the admins, and stops no other.
    except Exception as error:
        log.exception("notice", id=notice.pk)
        answer = f"The mail could not be written ({type(error).__name__}: {error})."
        outbox.retry_later(notice, at=now(), answer=answer)
    return True


def _give(notice: Notice, server: Server, *, now: Callable[[], datetime]) -> None:
    message = message_for(notice, at=now())
    if message is None:
        outbox.mark_silent(notice)
        return
    message.message()  # what is wrong with a header shows before anything is given
    server.reach()
    # False: the sweep gave up on us and another worker has taken over.
    if outbox.mark_handed(notice, at=now()):
        server.give(message)
        outbox.mark_sent(notice, at=now())
