"""Where a request, an appeal or a delivery may stand, and the groups of states that rules name.

How each is reached is drawn in docs/states.md. Forms and fields take Django's `TextChoices`;
nothing else of Django is used.
"""

from typing import Self

from django.db.models import TextChoices


class RequestState(TextChoices):
    """Each with its `outcome`: what the cover of a case file says came of the request."""

    outcome: str

    def __new__(cls, value: str, outcome: str = "") -> Self:
        state = str.__new__(cls, value)
        state._value_, state.outcome = value, outcome
        return state

    DRAFT = "draft", "", "Draft"
    IN_REVIEW = "in_review", "", "In review"
    APPROVED = "approved", "", "Approved"
    SUBMITTED = "submitted", "No answer yet.", "Submitted"
    ACKNOWLEDGED = "acknowledged", "Acknowledged; no answer yet.", "Acknowledged"
    AWAITING_CLARIFICATION = (
        "awaiting_clarification",
        "The city asked for clarification and waits for it.",
        "Awaiting clarification",
    )
    AWAITING_FEES = (
        "awaiting_fees",
        "The city estimated fees, which are not settled.",
        "Awaiting fees",
    )
    GRANTED = "granted", "The city produced the records.", "Granted"
    GRANTED_IN_PART = (
        "granted_in_part",
        "The city produced a part of the records and withheld the rest.",
        "Granted in part",
    )
    DENIED = "denied", "The city denied the request.", "Denied"
    NO_RECORDS = "no_records", "The city says that it has no such records.", "No records"
    REFERRED = "referred", "The city referred the request elsewhere.", "Referred"
    UNDER_APPEAL = "under_appeal", "The city’s answer is under appeal.", "Under appeal"
    IN_LITIGATION = "in_litigation", "The matter is before a court.", "In litigation"
    CLOSED = "closed", "The request is closed.", "Closed"
    WITHDRAWN = "withdrawn", "The request was withdrawn.", "Withdrawn"
    LAPSED = "lapsed", "The request lapsed.", "Lapsed"
    DISCARDED = "discarded", "The draft was discarded: nothing was sent.", "Discarded"


S = RequestState
UNFILED = (S.DRAFT, S.IN_REVIEW, S.APPROVED)
PENDING = (S.SUBMITTED, S.ACKNOWLEDGED, S.AWAITING_CLARIFICATION, S.AWAITING_FEES)
REFUSED = (S.GRANTED_IN_PART, S.DENIED, S.NO_RECORDS, S.REFERRED)
CHALLENGED = (S.UNDER_APPEAL, S.IN_LITIGATION)
OVER = (S.CLOSED, S.WITHDRAWN, S.LAPSED, S.DISCARDED)
OPEN = (*UNFILED, *PENDING, S.GRANTED, *REFUSED, *CHALLENGED)
# The city may still answer after a refusal or a challenge: a late answer is an answer.
ANSWERABLE = (*PENDING, *REFUSED, *CHALLENGED)
# The city withheld something in writing, and it is not settled.
WITHHELD = (S.DENIED, S.GRANTED_IN_PART, *CHALLENGED)
# With the city, or once there and not ended.
FILED_AND_OPEN = (*PENDING, S.GRANTED, *REFUSED, *CHALLENGED)


class AppealState(TextChoices):
    DRAFT = "draft", "Draft"
    FILED = "filed", "Filed"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"


UNDECIDED = (AppealState.DRAFT, AppealState.FILED)


class AppealOutcome(TextChoices):
    REVERSED = "reversed", "Reversed: the records must be given"
    MODIFIED = "modified", "Modified: some must be given"
    AFFIRMED = "affirmed", "Affirmed: the city may withhold"
    DISMISSED = "dismissed", "Dismissed without deciding"
    SETTLED = "settled", "Settled"


# A decision after which nothing is withheld that could be challenged further.
FOR_US = (AppealOutcome.REVERSED, AppealOutcome.SETTLED)


class DeliveryState(TextChoices):
    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    BOUNCED = "bounced", "Came back"
    FAILED = "failed", "Sending failed"
    IN_DOUBT = "in_doubt", "The mail server may already have it"
    BY_HAND = "by_hand", "To be handed over"
    RECALLED = "recalled", "Recalled: not sent"
    CANCELED = "canceled", "Not sent"


# Still on its way to a server, by itself.
WAITING = (DeliveryState.QUEUED, DeliveryState.SENDING)
# A person may have it sent once more.
RETRIABLE = (
    DeliveryState.FAILED,
    DeliveryState.BOUNCED,
    DeliveryState.IN_DOUBT,
    DeliveryState.RECALLED,
)
# A mail server has it, or may have: so it can come back.
MAY_HAVE_LEFT = (DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.IN_DOUBT)
# The letter is at home, or never goes: its printed copies wait with it.
KEEPS_COPIES = (DeliveryState.FAILED, DeliveryState.RECALLED, DeliveryState.CANCELED)
NEEDS_A_PERSON = (*RETRIABLE, DeliveryState.BY_HAND)
