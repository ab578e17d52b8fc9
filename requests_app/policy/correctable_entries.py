"""Which entries of a ledger a person may strike or put on another day."""

from requests_app.models import Channel, Delivery, DeliveryState, Event, EventKind
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import describe

S, K = DeliveryState, EventKind
# Nobody has the letter, and nobody may have it.
AT_HOME = (S.QUEUED, S.BY_HAND, S.FAILED, S.RECALLED, S.CANCELED)


def why_kind_stands(entry: Event) -> str:
    """ "" if an entry of that kind may be struck at all; otherwise the reason why not."""
    if describe(entry.kind).marks & Mark.NEVER_STRUCK:
        return "The desk itself wrote this entry, or it is undone in another way: it stands."
    return ""


def why_day_stands(entry: Event) -> str:
    """ "" if the day of the entry may be corrected; otherwise the reason why not."""
    if entry.kind == K.SENT:
        is_by_hand = entry.delivery is not None and entry.delivery.channel != Channel.EMAIL
        return "" if is_by_hand else "The mail server says when it left: the day stands."
    if entry.kind == K.BOUNCED or why_kind_stands(entry):
        return "The desk itself wrote this day: it stands."
    if entry.delivery_id is not None:
        return "It counts from the day its letter leaves: correct the day of the handing over."
    return ""


def is_offered_to_strike(entry: Event) -> bool:
    """Whether the page offers it: the action looks closer, at every part of a letter."""
    if why_kind_stands(entry):
        return False
    delivery: Delivery | None = entry.delivery
    if entry.kind == K.BOUNCED:
        return delivery is not None and delivery.state == S.BOUNCED
    return delivery is None or delivery.state in AT_HOME
