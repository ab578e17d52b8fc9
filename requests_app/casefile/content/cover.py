"""What the cover says: the parties, the law, the days, the outcome."""

from datetime import date
from typing import Any

from cities.schema.facts import Confidence
from requests_app.casefile.content import bundle_parts, event_facts
from requests_app.casefile.content.dossier import Party
from requests_app.models import Appeal, RecordsRequest, RequestState
from requests_app.office_contacts import addressee_of, office_asked
from requests_app.policy import shown_facts as facts
from requests_app.reply_addresses import reply_address
from requests_app.vocabulary import dates_and_amounts

S = RequestState
LEFT_OUT = (
    "The newsroom’s own notes, drafts, reviews and assignments are not part of this file. "
    "What either side sent to the other, as it was filed at this desk, is all here."
)
LEFT_OUT_OF_A_BUNDLE = "Only the parts named here are in this bundle."
WITH_NOTES = (
    "This copy holds the newsroom’s own notes: it was asked for so, and is not meant to leave the "
    "newsroom."
)


def lines(
    request: RecordsRequest, appeal: Appeal | None, *, today: date, has_notes: bool
) -> dict[str, Any]:
    """The fields of a Dossier that its cover shows."""
    route = appeal.pack_route if appeal else None
    left_out = _left_out_of(appeal) if appeal else WITH_NOTES if has_notes else LEFT_OUT
    return {
        "title": route.name if route else "Case file",
        "subject": appeal.subject if appeal else request.subject,
        "reference": request.reference,
        "their_reference": request.city_reference,
        "newsroom": request.newsroom.name,
        "asked_for": str(request.particulars.get("what", "")),
        "parties": _parties(request, appeal),
        "law": _law(request, appeal),
        "dates": _dates(request, appeal),
        "outcome": _outcome(request, today),
        "parts_source": _source_of_parts(appeal),
        "left_out": left_out,
    }


def _left_out_of(appeal: Appeal) -> str:
    if appeal.filed_on or "appeal_letter" not in bundle_parts.for_route(appeal.pack_route):
        return LEFT_OUT_OF_A_BUNDLE
    return f"{LEFT_OUT_OF_A_BUNDLE} The letter of appeal has not been issued yet."


def _parties(request: RecordsRequest, appeal: Appeal | None) -> tuple[Party, ...]:
    newsroom, office = (
        request.newsroom,
        office_asked(request),
    )
    contact = [newsroom.email, newsroom.phone, "Replies to", reply_address(request)]
    ours = (*dates_and_amounts.address_lines(newsroom.address), *filter(None, contact))
    address = (
        dates_and_amounts.address_lines(office.address.value) if office.address.is_stated else ()
    )
    found = [
        Party("Requester", newsroom.name, (f"By {request.owner.name}", *ours)),
        Party(
            "Custodian asked",
            office.name,
            (f"City of {request.city.name}, {request.city.state}", *address),
        ),
    ]
    if appeal:
        body = addressee_of(appeal)
        where = (
            dates_and_amounts.address_lines(body.address.value) if body.address.is_stated else ()
        )
        found.append(Party("Before", body.name, where))
    return tuple(found)


def _law(request: RecordsRequest, appeal: Appeal | None) -> tuple[tuple[str, str], ...]:
    statute = request.city.statute
    shown = [("Law", f"{statute.name}, {statute.citation}")]
    if appeal:
        shown.append(("Challenge", f"{appeal.pack_route.name}, {appeal.pack_route.citation}"))
        if appeal.body_reference:
            shown.append(("Docket", appeal.body_reference))
    return tuple(shown)


def _dates(request: RecordsRequest, appeal: Appeal | None) -> tuple[tuple[str, str], ...]:
    days = [
        (fact.label, fact.in_words(request, day=dates_and_amounts.weekday)) for fact in facts.days()
    ]
    if request.is_denied_by_silence:
        days = [("Denied by silence" if what == "Denied" else what, on) for what, on in days]
    for step in request.appeals.all():
        steps = (("Filed", step.filed_on), ("Decided", step.decided_on))
        days += [
            (f"{what}: {step.pack_route.name}", dates_and_amounts.weekday(on))
            for what, on in steps
            if on
        ]
    return tuple((label, words) for label, words in days if words)


def _outcome(request: RecordsRequest, today: date) -> str:
    answer = S(request.state).outcome or request.get_state_display()
    if request.is_denied_by_silence and request.state == S.DENIED:
        answer = "The city did not answer in time; its silence is treated as a denial."
    decided = [step for step in request.appeals.all() if step.outcome]
    steps = [f"{step.pack_route.name}: {event_facts.OUTCOMES[step.outcome]}." for step in decided]
    late = [
        row for row in request.deadlines.all() if row.whose == "city" and row.derived.is_late(today)
    ]
    if late:
        steps.append("The city is late.")
    return " ".join([answer, *steps])


def _source_of_parts(appeal: Appeal | None) -> str:
    """By whose word a bundle holds these parts, where we read it ourselves: a doubt stays home."""
    bundle = appeal.pack_route.bundle if appeal else None
    if bundle is None or bundle.confidence != Confidence.FOUND:
        return ""
    return f"Parts: {bundle.source}. {bundle.note}".strip()
