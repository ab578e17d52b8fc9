"""Every way a delivery goes from one state to another, on one screen: for docs/states.md.

Each row: the function of this package, the states it may start from, where it ends, its event.
"""

from requests_app.models import DeliveryState, EventKind

S, K = DeliveryState, EventKind

Move = tuple[str, tuple[DeliveryState, ...], DeliveryState, EventKind | None]

MOVES: tuple[Move, ...] = (
    ("claim", (S.QUEUED,), S.SENDING, None),
    ("is_its_turn", (S.SENDING,), S.QUEUED, None),
    ("settle_sent", (S.SENDING,), S.SENT, K.SENT),
    ("settle_not_now", (S.SENDING,), S.QUEUED, None),
    ("settle_failed", (S.SENDING,), S.FAILED, K.SENDING_FAILED),
    ("settle_in_doubt", (S.SENDING,), S.IN_DOUBT, K.SENDING_IN_DOUBT),
    ("settle_bounced", (S.SENT, S.DELIVERED, S.IN_DOUBT), S.BOUNCED, K.BOUNCED),
    ("settle_delivered", (S.SENT, S.IN_DOUBT), S.DELIVERED, K.DELIVERED),
    ("recall", (S.QUEUED,), S.RECALLED, K.RECALLED),
    ("send_again", (S.FAILED, S.BOUNCED, S.IN_DOUBT, S.RECALLED), S.QUEUED, K.SENDING_RETRIED),
    ("confirm_sent", (S.IN_DOUBT,), S.SENT, K.SENT),
    ("hand_over", (S.BY_HAND,), S.SENT, K.SENT),
    ("cancel_waiting", (S.QUEUED, S.BY_HAND, S.FAILED, S.RECALLED), S.CANCELED, None),
)
