"""Send one delivery, so that at every moment the row says what may have happened."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

import structlog
from django.db import InterfaceError, OperationalError, connection

from requests_app.delivery import outbox
from requests_app.delivery.channels import open_dialogue
from requests_app.delivery.channels.dialogue import Dialogue, Never, NotNow, Unknown
from requests_app.models import Delivery

Outcome: TypeAlias = Callable[[datetime], bool]
"""What became of the message, to be written down at that moment. False: the claim was lost."""

log = structlog.get_logger(__name__)

# A database that restarts is back in seconds; the lease is longer than all of these.
PAUSES = (0.2, 1.0, 3.0, 8.0, 15.0)


def send(
    delivery_id: int, *, now: Callable[[], datetime], pause: Callable[[float], None] = time.sleep
) -> None:
    """Claim it, wait its turn, offer it, mark that it is being given, end it, write the answer.

    1. The claim is a compare-and-set: the loser of a race returns at once.
    2. Up to the mark the server has no whole message: a death here means another try.
    3. From the mark to the answer only the server knows: a death here means a doubt, and a person.
    """
    delivery = outbox.claim(delivery_id, at=now())
    if delivery is None or outbox.wait_for_turn(delivery, at=now()):
        return
    try:
        dialogue = open_dialogue(delivery)
    except (NotNow, Never) as error:
        _write_down(_refusal(delivery, error), now=now, pause=pause)
    else:
        try:
            outcome = _talk(delivery, dialogue, now=now)
            # Written down before we say good-bye: a death in between would be a needless doubt.
            _write_down(outcome, now=now, pause=pause)
        finally:
            dialogue.close()
    delivery.refresh_from_db()
    log.info("delivery", id=delivery.pk, state=delivery.state, answer=delivery.last_answer)


def _talk(delivery: Delivery, dialogue: Dialogue, *, now: Callable[[], datetime]) -> Outcome:
    """Offer and give; what is to be written down of it."""
    try:
        dialogue.offer(still_ours=lambda: outbox.renew(delivery, at=now()))
        # False: the sweep gave up on us and another worker has taken over.
        if not outbox.mark_handed(delivery, at=now()):
            return _nothing
        answer = dialogue.give()
    except (NotNow, Never, Unknown) as error:
        return _refusal(delivery, error)
    return lambda at: outbox.mark_sent(
        delivery,
        at=at,
        answer=answer,
        server=dialogue.server,
        refused_copies=list(dialogue.refused_copies),
    )


def _refusal(delivery: Delivery, error: NotNow | Never | Unknown) -> Outcome:
    answer = str(error)
    if isinstance(error, NotNow):
        wait = error.at_least
        return lambda at: outbox.retry_later(delivery, at=at, answer=answer, at_least=wait)
    if isinstance(error, Never):
        return lambda at: outbox.mark_failed(delivery, at=at, answer=answer)
    return lambda at: outbox.mark_in_doubt(delivery, at=at, answer=answer)


def _nothing(at: datetime) -> bool:
    """The claim was lost: whoever has it now writes down what becomes of it."""
    return False


def _write_down(
    outcome: Outcome, *, now: Callable[[], datetime], pause: Callable[[float], None]
) -> None:
    """What the server said is known here and nowhere else: a database that restarts is waited for.

    Written twice it changes nothing: the second finds that the claim is no more.
    """
    for seconds in PAUSES:
        try:
            outcome(now())
        except (OperationalError, InterfaceError):
            log.warning("the database is away; the server's answer waits", seconds=seconds)
            connection.close()
            pause(seconds)
        else:
            return
    outcome(now())
