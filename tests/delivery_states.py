"""A delivery in each of its states, by the real steps that lead there."""

from collections.abc import Callable

from requests_app.actions.requests import submission
from requests_app.delivery import outbox
from requests_app.ledger.attribution import ByTheDesk
from requests_app.letters import Sending
from requests_app.models import Channel, Delivery
from requests_app.models import DeliveryState as S
from tests.factories import NOW, acting, draft, submitted


def queued() -> Delivery:
    return submitted(sent=False).deliveries.get()


def sending() -> Delivery:
    taken = outbox.claim(queued().pk, at=NOW)
    assert taken is not None
    return taken


def sent() -> Delivery:
    delivery = sending()
    outbox.mark_sent(delivery, at=NOW, answer="250")
    return delivery


def delivered() -> Delivery:
    delivery = sent()
    outbox.mark_delivered(delivery, at=NOW, answer="250")
    return delivery


def bounced() -> Delivery:
    delivery = sent()
    outbox.mark_bounced(delivery, by=ByTheDesk(NOW), answer="550 No such mailbox")
    return delivery


def failed() -> Delivery:
    delivery = sending()
    outbox.mark_failed(delivery, at=NOW, answer="550")
    return delivery


def in_doubt() -> Delivery:
    delivery = sending()
    outbox.mark_handed(delivery, at=NOW)
    outbox.mark_in_doubt(delivery, at=NOW, answer="it broke")
    return delivery


def by_hand() -> Delivery:
    request = draft()
    return submission.submit(
        request, sending=Sending(Channel.POST, "888 Main Street"), **acting(request)
    )


def recalled() -> Delivery:
    delivery = queued()
    outbox.recall(delivery, **acting(delivery.records_request))
    return delivery


def canceled() -> Delivery:
    delivery = queued()
    outbox.cancel_waiting(delivery.records_request)
    return delivery


IN: dict[S, Callable[[], Delivery]] = {
    S.QUEUED: queued, S.SENDING: sending, S.SENT: sent, S.DELIVERED: delivered,
    S.BOUNCED: bounced, S.FAILED: failed, S.IN_DOUBT: in_doubt, S.BY_HAND: by_hand,
    S.RECALLED: recalled, S.CANCELED: canceled,
}  # fmt: skip
