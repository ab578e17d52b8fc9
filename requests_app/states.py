"""The table of transitions: each leaves exactly one event, of the kind named here.

`manage.py draw_states` writes docs/states.md from it; a test compares it with the models, so a
transition that is not listed, or an event that none leaves, is noticed.
"""

from requests_app.models import Appeal, EventKind, RecordsRequest

K = EventKind

EVENT_OF_REQUEST: dict[str, EventKind] = {
    "send_to_review": K.SENT_TO_REVIEW,
    "approve": K.APPROVED,
    "return_to_draft": K.RETURNED,
    "submit": K.SUBMITTED,
    "acknowledge": K.ACKNOWLEDGED,
    "request_clarification": K.CLARIFICATION_REQUESTED,
    "clarify": K.CLARIFIED,
    "estimate_fees": K.FEES_ESTIMATED,
    "accept_fees": K.FEES_ACCEPTED,
    "refuse_fees": K.FEES_REFUSED,
    "pay_fees": K.FEES_PAID,
    "waive_fees": K.FEES_WAIVED,
    "grant": K.GRANTED,
    "grant_in_part": K.GRANTED_IN_PART,
    "deny": K.DENIED,
    "deem_denied": K.DEEMED_DENIED,
    "find_no_records": K.NO_RECORDS,
    "refer": K.REFERRED,
    # The request's move and the appeal's filing are one act, and so one event.
    "challenge": K.APPEAL_FILED,
    "close": K.CLOSED,
    "withdraw": K.WITHDRAWN,
    "lapse": K.LAPSED,
}

EVENT_OF_APPEAL: dict[str, EventKind] = {
    "file": K.APPEAL_FILED,
    "decide": K.APPEAL_DECIDED,
    "withdraw": K.APPEAL_WITHDRAWN,
}


def event_of(model: type[RecordsRequest] | type[Appeal], transition: str) -> EventKind:
    """The kind of event that a transition leaves. KeyError for one that is not in the table."""
    return (EVENT_OF_REQUEST if model is RecordsRequest else EVENT_OF_APPEAL)[transition]
