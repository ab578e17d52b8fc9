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
        answer = _talk(delivery, now=now)
    except NotNow as error:
        outbox.settle_not_now(delivery, at=now(), answer=str(error))
    except Never as error:
        outbox.settle_failed(delivery, at=now(), answer=str(error))
    except Unknown as error:
        outbox.settle_in_doubt(delivery, at=now(), answer=str(error))
    else:
        if answer is not None:
            outbox.settle_sent(delivery, at=now(), answer=answer)
    log.info(
        "delivery",
        id=delivery.pk,
        state=Delivery.objects.values_list("state").get(pk=delivery.pk)[0],
    )


def _talk(delivery: Delivery, *, now: Callable[[], datetime]) -> str | None:
    """The server's answer; None when another worker has taken the delivery over meanwhile."""
    dialogue = open_dialogue(delivery)
    try:
        dialogue.offer()
        if not outbox.mark_handed(delivery, at=now()):
            return None
        return dialogue.give()
    finally:
        dialogue.close()
