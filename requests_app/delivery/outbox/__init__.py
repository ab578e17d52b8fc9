"""The rows still to send, and the only code that moves a delivery from one state to another.

Every claim is a compare-and-set on the row, so two workers never send one letter. What a step
leaves behind tells the next one what happened, whatever died in between:

1. QUEUED    a promise; nobody has it. Until `not_before` a person can recall it.
2. SENDING   a worker claimed it (`claimed_at`). If it dies here, the server has no whole message.
3. SENDING   with `handed_at`: the message may have been ended. If it dies here: IN_DOUBT.
4. SENT      the server took it.   FAILED / QUEUED again   the server said no, or not now.
5. BOUNCED   a report says that it came back.   DELIVERED   one says that it reached the mailbox.
"""

from requests_app.delivery.outbox.by_people import (
    cancel_waiting,
    confirm_sent,
    hand_over,
    recall,
    send_again,
)
from requests_app.delivery.outbox.claiming import (
    claim,
    is_its_turn,
    mark_handed,
    release,
    release_stuck,
    renew,
)
from requests_app.delivery.outbox.promising import enqueue, leaves_at
from requests_app.delivery.outbox.settling import (
    settle_bounced,
    settle_delivered,
    settle_failed,
    settle_in_doubt,
    settle_not_now,
    settle_sent,
)

__all__ = [
    "cancel_waiting", "claim", "confirm_sent", "enqueue", "hand_over", "is_its_turn", "leaves_at",
    "mark_handed", "recall", "release", "release_stuck", "renew", "send_again", "settle_bounced",
    "settle_delivered", "settle_failed", "settle_in_doubt", "settle_not_now", "settle_sent",
]  # fmt: skip
