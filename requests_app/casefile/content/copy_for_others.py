"""What leaves the newsroom: the facts and the count, never our doubts, remarks or plans.

A copy "with the newsroom's own notes" is for ourselves and holds all of it; every other copy, and
the papers of an appeal always, pass through here. What is not named here stays out.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cities.clocks.computed_deadline import Deadline
from requests_app.models import Communication, Event
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import describe

# Of what an entry holds: what either side did or said to the other. "text" is not among them: what
# is typed beside an act may be a remark of ours, and a message's words stand with the message.
OPEN_FACTS = frozenset({
    "amount", "answer", "body", "channel", "citation", "city_reference", "clock", "confirmation",
    "copies", "cut_off", "exemptions", "files", "from", "ground", "hour", "lapsed_on", "letter",
    "mail", "message", "message_id", "narrowed", "office", "outcome", "route", "server", "subject",
    "to", "until",
})  # fmt: skip


def is_open(event: Event) -> bool:
    """Whether an entry stands in a copy for others at all."""
    return not describe(event.kind).marks & (Mark.PRIVATE | Mark.DERIVED)


def open_facts(event: Event) -> dict[str, Any]:
    """What of an entry's data may be read outside."""
    return {key: value for key, value in event.data.items() if key in OPEN_FACTS}


def open_words(event: Event, communication: Communication | None) -> str:
    """The words of a message that was filed, or what we told the city that we still ask for."""
    if communication and communication.text:
        return communication.text
    return narrowed_words(event.data)


def narrowed_words(data: Mapping[str, Any]) -> str:
    return "\n".join(str(line) for line in data.get("narrowed", ()))


def open_deadline(deadline: Deadline) -> Deadline | None:
    """The clock as it is counted, without how sure we are. None: it is our own affair.

    Our own time for a step stands there only once the step was taken in it: what we have not done,
    and until when we may, is nobody else's business. Our safe last day gives way to the law's own.
    """
    bare = replace(
        deadline,
        confidence="",
        checked_on=None,
        unsettled="",
        readings=(),
        is_met_perhaps=False,
        met_on=None if deadline.is_met_perhaps else deadline.met_on,
    )
    if deadline.whose != "ours":
        return bare
    last = deadline.nominal_on or deadline.due_on
    if bare.met_on is None or last is None or bare.met_on > last:
        return None
    return replace(bare, due_on=last, nominal_on=last)
