"""The rows still to send, and the only code that moves a delivery from one state to another.

`moves` declares every move; `queue` promises, claims and frees; `outcomes` writes down what became
of a message; `by_people` is what a person does, and `corrected` what a correction of the ledger
does. Every claim is a compare-and-set on the row, so two workers never send one letter. What a step
leaves behind tells the next one what happened, whatever died in between:

1. QUEUED    a promise; nobody has it. Until `not_before` a person can recall it.
2. SENDING   a worker claimed it (`claimed_at`). If it dies here, the server has no whole message.
3. SENDING   with `handed_at`: the message may have been ended. If it dies here: IN_DOUBT.
4. SENT      the server took it.   FAILED / QUEUED again   the server said no, or not now.
5. BOUNCED   a report says that it came back.   DELIVERED   one says that it reached the mailbox.
"""

from requests_app.delivery.outbox.by_people import (
    HandedOver,
    cancel_empty,
    cancel_waiting,
    confirm_sent,
    exchange_files,
    hand_over,
    messages_of,
    recall,
    send_again,
)
from requests_app.delivery.outbox.corrected import (
    cancel_and_recall,
    correct_handing_over,
    has_left,
    restore_bounce,
    stands_as_bounced,
    strike_bounce,
)
from requests_app.delivery.outbox.outcomes import (
    give_up,
    mark_bounced,
    mark_delivered,
    mark_failed,
    mark_in_doubt,
    mark_sent,
    note_copies_back,
    note_report,
    retry_later,
)
from requests_app.delivery.outbox.queue import (
    claim,
    enqueue,
    leaves_at,
    mark_handed,
    release,
    release_stuck,
    renew,
    wait_for_turn,
)

__all__ = [
    "HandedOver", "cancel_and_recall", "cancel_empty", "cancel_waiting", "claim", "confirm_sent",
    "correct_handing_over", "enqueue", "exchange_files", "give_up", "hand_over", "has_left",
    "leaves_at", "mark_bounced", "mark_delivered", "mark_failed", "mark_handed", "mark_in_doubt",
    "mark_sent", "messages_of", "note_copies_back", "note_report", "recall", "release",
    "release_stuck", "renew", "restore_bounce", "retry_later", "send_again", "stands_as_bounced",
    "strike_bounce", "wait_for_turn",
]  # fmt: skip
