"""The facts of what we object to: what was asked, the city's answer, and the steps taken since."""

from datetime import date

from requests_app.letters.facts import due_facts, request_facts
from requests_app.letters.facts.fact import LEDGER, Facts, day_of, dollars, stated
from requests_app.models import Appeal, Event, EventKind, RecordsRequest
from requests_app.vocabulary import dates_and_amounts

REFUSALS = {
    "denied": EventKind.DENIED,
    "granted_in_part": EventKind.GRANTED_IN_PART,
    "no_records": EventKind.NO_RECORDS,
    "referred": EventKind.REFERRED,
    "fee": EventKind.FEES_ESTIMATED,
}

DETERMINATIONS = {kind: name for name, kind in REFUSALS.items() if name != "fee"}

# Acts that open a challenge and answer nothing: a decision later is about the answer before them.
OTHER_ACTS = {"fee_waiver": EventKind.FEE_WAIVER_DENIED, "extension": EventKind.EXTENDED}
AFTER_DECISIONS = ("decision", "disobeyed")


def asked_for(request: RecordsRequest) -> Facts:
    """The records and their period, where it is records that were asked for; and what we asked for
    instead since, as the ledger has it."""
    told = request_facts.particulars(request)
    asked: Facts = {name: told[name] for name in ("records", "from_on", "to_on") if name in told}
    narrowing = _last_narrowing(request)
    if narrowing is None:
        return asked
    return asked | stated(
        LEDGER,
        narrowed=[str(line) for line in narrowing.data["narrowed"]],
        narrowed_on=dates_and_amounts.day(narrowing.on),
    )


def _last_narrowing(request: RecordsRequest) -> Event | None:
    """The last letter of ours that asked for less: a narrowing, or the answer to a question."""
    events = request.events.effective().in_order()
    return next((event for event in reversed(events) if event.data.get("narrowed")), None)


def of(request: RecordsRequest, answers: str, *, on: date) -> Facts:
    """What is challenged, and the city's own answer: its last act of that kind, or its silence.

    After a decision on an earlier step the city's answer is still the one that began it.
    """
    given = _before_decision(request) if answers in AFTER_DECISIONS else answers
    challenged = stated(LEDGER, answers=answers, city_answer=given)
    if given == "silence":
        return challenged | _silence(request, on=on)
    kind = (REFUSALS | OTHER_ACTS).get(given)
    if kind is None:
        return challenged
    kinds = {kind, *DETERMINATIONS} if kind in DETERMINATIONS else {kind}
    events = list(request.events.effective().filter(kind__in=kinds).in_order())
    event = next((one for one in reversed(events) if one.kind == kind), None)
    if event is None:
        return challenged
    return (
        challenged
        | _before(event, events)
        | stated(
            LEDGER,
            answered_on=dates_and_amounts.day(event.on),
            exemptions=[str(exemption) for exemption in event.data.get("exemptions") or []],
            fee_amount=dollars(request.fee_amount) if given in {"fee", "fee_waiver"} else None,
            extended_until=_extended_until(event) if given == "extension" else None,
        )
    )


def _before(event: Event, events: list[Event]) -> Facts:
    """The determination, of those events, that this one took the place of: a denial before records
    came in part."""
    earlier = [one for one in events if (one.on, one.pk) < (event.on, event.pk)]
    if not earlier or earlier[-1].kind == event.kind:
        return {}
    return stated(
        LEDGER,
        first_answer=DETERMINATIONS[EventKind(earlier[-1].kind)],
        first_answered_on=dates_and_amounts.day(earlier[-1].on),
    )


def _extended_until(event: Event) -> str | None:
    until = event.data.get("until")
    return dates_and_amounts.day(date.fromisoformat(until)) if until else None


def _before_decision(request: RecordsRequest) -> str:
    kinds = {kind: answer for answer, kind in REFUSALS.items()}
    event = request.events.effective().filter(kind__in=kinds).in_order().last()
    return kinds[EventKind(event.kind)] if event else "silence"


def _silence(request: RecordsRequest, *, on: date) -> Facts:
    silence = request.city.statute.silence
    may = silence.is_denial and silence.confidence.may_enter_letter
    return due_facts.missed(request, on=on) | stated(
        silence.citation, silence_citation=silence.citation if may else ""
    )


def earlier(request: RecordsRequest, before: Appeal | None = None) -> Facts:
    """The last step that was taken, or the last one before an appeal."""
    steps = request.appeals.filter(filed_on__isnull=False)
    step = (steps.filter(pk__lt=before.pk) if before and before.pk else steps).last()
    if step is None:
        return {}
    return stated(
        LEDGER,
        earlier_body=dates_and_amounts.typographic(step.pack_route.body),
        earlier_filed_on=day_of(step.filed_on),
        earlier_decided_on=day_of(step.decided_on),
        earlier_outcome=step.outcome,
    )
