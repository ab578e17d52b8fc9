"""Why a transition is not possible, in words: what was done already, or what is missing."""

from requests_app.models import Appeal, Event, RecordsRequest
from requests_app.models.records_request import CHALLENGED, OPEN, PENDING, REFUSED, S
from requests_app.states import event_of
from requests_app.vocabulary.phrases import short_day

# What a person tried to do, to follow "cannot be".
TRIED = {
    "send_to_review": "sent to review",
    "approve": "approved",
    "return_to_draft": "returned",
    "submit": "submitted",
    "acknowledge": "acknowledged",
    "request_clarification": "put on hold for a clarification",
    "clarify": "clarified",
    "estimate_fees": "given a fee estimate",
    "accept_fees": "answered with an acceptance of fees",
    "refuse_fees": "answered with a refusal of fees",
    "pay_fees": "paid for",
    "waive_fees": "freed of fees",
    "grant": "granted",
    "grant_in_part": "granted in part",
    "deny": "denied",
    "deem_denied": "treated as denied",
    "find_no_records": "answered with “no records”",
    "refer": "referred",
    "challenge": "appealed",
    "close": "closed",
    "withdraw": "withdrawn",
    "lapse": "marked as lapsed",
    "file": "filed",
    "decide": "decided",
}
# The guard that a move in an allowed state can still fail, and what to do about it.
GUARDED = {
    "submit": "This newsroom reviews before filing: send it to an editor first.",
    "clarify": "No question of the city's is open: record the one it asked first.",
    "accept_fees": "No fee estimate is waiting for an answer: record the city's estimate first.",
    "refuse_fees": "No fee estimate is waiting for an answer: record the city's estimate first.",
    "pay_fees": "No fee was quoted that is still unpaid: record the city's estimate first.",
    "waive_fees": "No fee was quoted that is still unpaid: record the city's estimate first.",
    "deny": "The city's written denial is already recorded.",
    "close": "An appeal is still open: record its decision or withdraw it first.",
    "withdraw": "An appeal is still open: withdraw it first.",
}
# States in which each guarded move is allowed but for its guard.
GUARDED_IN = {
    "submit": (S.DRAFT,),
    "deny": (S.DENIED,),
    "close": (S.GRANTED, *REFUSED, *CHALLENGED),
    "withdraw": OPEN,
}


def explain(row: RecordsRequest | Appeal, name: str) -> str:
    """The sentence for a person: "Already submitted on Nov 9, 2026." """
    tried = TRIED[name]
    guard = _failed_guard(row, name)
    if guard:
        return guard
    done = _done_already(row, name)
    if done:
        return f"Already {tried} on {short_day(done.on)}. Nothing was changed."
    stands = row.get_state_display().lower()
    return f"This is {stands}, so it cannot be {tried} now. Nothing was changed."


def _failed_guard(row: RecordsRequest | Appeal, name: str) -> str:
    if isinstance(row, Appeal) or name not in GUARDED:
        return ""
    allowed_in = GUARDED_IN.get(name, PENDING)
    return f"{GUARDED[name]} Nothing was changed." if row.state in allowed_in else ""


def _done_already(row: RecordsRequest | Appeal, name: str) -> Event | None:
    events = row.events.filter(kind=event_of(type(row), name))
    return events.newest_first().first()
