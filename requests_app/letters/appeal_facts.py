"""The facts of a challenge: what was asked, what came of it, and before whom we stand."""

from requests_app.letters import facts, words
from requests_app.letters.facts import LEDGER, TYPED, Facts, stated
from requests_app.models import Appeal, EventKind, RecordsRequest

REFUSALS = {
    "denied": EventKind.DENIED,
    "granted_in_part": EventKind.GRANTED_IN_PART,
    "no_records": EventKind.NO_RECORDS,
    "referred": EventKind.REFERRED,
    "fee": EventKind.FEES_ESTIMATED,
}


def of(appeal: Appeal) -> Facts:
    """All facts of an appeal's letter.

    The salutation is the body's. A notice of court action goes to the city, at the office asked.
    """
    request, route = appeal.records_request, appeal.pack_route
    names = ("records", "from_on", "to_on")
    told = facts.particulars(request)
    return (
        facts.asked(request)
        | {name: told[name] for name in names if name in told}
        | _grievance(request, appeal.answers)
        | _earlier(appeal)
        | stated(
            request.city_slug,
            body=route.body,
            salutation=request.office.salutation if route.is_court else route.salutation,
        )
        | stated(
            route.citation,
            route_citation=route.citation if route.confidence.may_enter_letter else "",
        )
        | stated(TYPED, answers=appeal.answers, body_reference=appeal.body_reference)
        | _newsroom(request)
    )


def _grievance(request: RecordsRequest, answers: str) -> Facts:
    """The city's last act of the kind that is challenged, or its silence."""
    if answers == "silence":
        silence = request.city.statute.silence
        may = silence.is_denial and silence.confidence.may_enter_letter
        return stated(silence.citation, silence_citation=silence.citation if may else "")
    kind = REFUSALS.get(answers)
    event = request.events.filter(kind=kind).order_by("on", "pk").last() if kind else None
    if event is None:
        return {}
    amount = request.fee_amount if answers == "fee" else None
    return stated(
        LEDGER,
        answered_on=words.day(event.on),
        exemptions=[str(exemption) for exemption in event.data.get("exemptions") or []],
        fee_amount=words.dollars(amount) if amount is not None else None,
    )


def _earlier(appeal: Appeal) -> Facts:
    """The step before this one, where it was taken."""
    steps = appeal.records_request.appeals.filter(filed_on__isnull=False)
    step = (steps.filter(pk__lt=appeal.pk) if appeal.pk else steps).order_by("pk").last()
    if step is None:
        return {}
    return stated(
        LEDGER,
        earlier_body=step.pack_route.body,
        earlier_filed_on=words.day(step.filed_on) if step.filed_on else None,
        earlier_decided_on=words.day(step.decided_on) if step.decided_on else None,
        earlier_outcome=step.outcome,
    )


def _newsroom(request: RecordsRequest) -> Facts:
    newsroom = request.newsroom
    return stated(
        TYPED,
        newsroom_address=", ".join(words.address_lines(newsroom.address)),
        newsroom_email=newsroom.email,
        newsroom_phone=newsroom.phone,
    )
