"""Send one delivery, so that at every moment the row says what may have happened."""

from collections.abc import Callable
from datetime import datetime

import structlog

from requests_app.delivery import outbox
from requests_app.delivery.channels import open_dialogue
from requests_app.delivery.channels.dialogue import Never, NotNow, Unknown
from requests_app.models import Delivery

log = structlog.get_logger(__name__)


def send(delivery_id: int, *, now: Callable[[], datetime]) -> None:
    """Claim it, offer it, mark that it is being given, give it, write down the answer.

    1. The claim is a compare-and-set: the loser of a race returns at once.
    2. Up to the mark nothing was given: a death here means another try.
    3. From the mark to the answer only the server knows: a death here means a doubt, and a person.
    """
    delivery = outbox.claim(delivery_id, at=now())
    if delivery is None:
        return
    try:
        _talk(delivery, now=now)
    except NotNow as error:
        outbox.settle_not_now(delivery, at=now(), answer=str(error))
    except Never as error:
        outbox.settle_failed(delivery, at=now(), answer=str(error))
    except Unknown as error:
        outbox.settle_in_doubt(delivery, at=now(), answer=str(error))
    delivery.refresh_from_db()
    log.info("delivery", id=delivery.pk, state=delivery.state, answer=delivery.last_answer)


def _talk(delivery: Delivery, *, now: Callable[[], datetime]) -> None:
    """The whole conversation. The server's yes is written down before we say good-bye."""
    dialogue = open_dialogue(delivery)
    try:
        dialogue.offer()
        # False: the sweep gave up on us and another worker has taken over.
        if outbox.mark_handed(delivery, at=now()):
            outbox.settle_sent(delivery, at=now(), answer=dialogue.give())
    finally:
        dialogue.close()
