"""Where a request for data stands in its city's chain of offices.

The chain is the pack's (`cities.schema.escalations`); what was taken of it, the ledger says. No law
gives a step of it, and no clock runs there.
"""

from cities.schema.escalations import EscalationStep
from requests_app.models import DeliveryState, Event, EventKind, RecordsRequest

HAS_LEFT = (DeliveryState.SENT, DeliveryState.DELIVERED)


def steps_of(request: RecordsRequest) -> tuple[EscalationStep, ...]:
    """The city's chain for such a request, without the office that was asked first; whoever stands
    above the steward in that office still comes next."""
    chain = request.city.escalations_for(request.kind)
    return tuple(
        step
        for step in chain
        if step.is_records_request or step.name or step.office != request.office_role
    )


def taken(request: RecordsRequest) -> list[Event]:
    """The escalations that stand in the ledger, in their order."""
    if request._state.adding or not request.city.escalations_for(request.kind):
        return []
    events = request.events.effective().filter(kind=EventKind.ESCALATED)
    return list(events.select_related("delivery").in_order())


def next_step(request: RecordsRequest) -> EscalationStep | None:
    """Who comes next; None where the chain is at its end, or the city has none."""
    been = {event.data.get("step") for event in taken(request)}
    steps = steps_of(request)
    last = max((n for n, step in enumerate(steps, start=1) if step.slug in been), default=0)
    return next(iter(steps[last:]), None)


def unsent(request: RecordsRequest) -> Event | None:
    """An escalation whose letter has not left, or came back: nobody has it yet."""
    waiting = (e for e in taken(request) if e.delivery and e.delivery.state not in HAS_LEFT)
    return next(waiting, None)


def step_written_to(request: RecordsRequest) -> EscalationStep | None:
    """Whom an escalation's letter is for: of one that has not left, the office of that one."""
    if waiting := unsent(request):
        return next((s for s in steps_of(request) if s.slug == waiting.data["step"]), None)
    step = next_step(request)
    return None if step is None or step.is_records_request else step


def has_next_office(request: RecordsRequest) -> bool:
    """Whether somebody comes next to whom a letter is written."""
    return unsent(request) is None and step_written_to(request) is not None
