"""Every clock of the law, as people read it. To name one that a new pack brings, add it here.

A pack may have a clock that is not listed: it goes by its own name until somebody words it.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class ClockDescription:
    """One clock. `name` heads a paper, "The city’s time to answer"; `purpose` stands beside a date
    on a page, "to answer · by Fri Dec 4"; `matter` begins a mail's subject, "The city’s answer is
    due tomorrow"; `duty` ends a mail's sentence, "The city has until Friday to answer".

    A day that a person entered, such as a hearing, is no clock that a law counts: `is_entered`. An
    appointment is a day on which one is somewhere, and not the last day for anything.
    """

    slug: str
    name: str
    purpose: str
    matter: str
    duty: str
    is_of_a_challenge: bool = False  # it still matters once the city has answered
    is_entered: bool = False
    is_appointment: bool = False


_C = ClockDescription
CLOCKS = (
    _C(
        "acknowledgement",
        name="The city’s time to acknowledge",
        purpose="to acknowledge",
        matter="The acknowledgement",
        duty="to acknowledge the request",
    ),
    _C(
        "response",
        name="The city’s time to answer",
        purpose="to answer",
        matter="The city’s answer",
        duty="to answer",
    ),
    _C(
        "grounds",
        name="The city’s time to state its grounds",
        purpose="to state its grounds",
        matter="The city’s grounds",
        duty="to state its grounds",
    ),
    _C(
        "deemed_denial",
        name="When silence becomes a denial",
        purpose="until silence is a denial",
        matter="The city’s answer",
        duty="to answer before silence is a denial",
    ),
    _C(
        "fee_lapse",
        name="Our time to answer the fee",
        purpose="to answer the fee",
        matter="Settling the fee",
        duty="to settle the fee",
    ),
    _C(
        "clarification_lapse",
        name="Our time to answer the question",
        purpose="to answer the question",
        matter="Our answer to the question",
        duty="to answer the city’s question",
    ),
    _C(
        "appeal",
        name="Our time to appeal",
        purpose="to appeal",
        matter="Our appeal",
        duty="to appeal",
        is_of_a_challenge=True,
    ),
    _C(
        "appeal_decision",
        name="The body’s time to decide",
        purpose="to decide the appeal",
        matter="The decision on the appeal",
        duty="to decide the appeal",
        is_of_a_challenge=True,
    ),
    _C(
        "reconsideration",
        name="Our time to ask for reconsideration",
        purpose="to ask that it be reconsidered",
        matter="Our petition for reconsideration",
        duty="to ask that it be reconsidered",
        is_of_a_challenge=True,
    ),
    _C(
        "reconsideration_decision",
        name="The body’s time to reconsider",
        purpose="to decide whether it reconsiders",
        matter="The decision on reconsideration",
        duty="to decide whether it reconsiders",
        is_of_a_challenge=True,
    ),
    _C(
        "compliance",
        name="The city’s time to comply",
        purpose="to comply with the decision",
        matter="Compliance with the decision",
        duty="to comply with the decision",
        is_of_a_challenge=True,
    ),
    _C(
        "court",
        name="Our time to go to court",
        purpose="to go to court",
        matter="Our complaint to the court",
        duty="to go to court",
        is_of_a_challenge=True,
    ),
    _C(
        "hearing",
        name="Hearing",
        purpose="for the hearing",
        matter="The hearing",
        duty="to be at the hearing",
        is_of_a_challenge=True,
        is_entered=True,
        is_appointment=True,
    ),
    _C(
        "conference",
        name="Conference or mediation",
        purpose="for the conference or mediation",
        matter="The conference or mediation",
        duty="to be at the conference or mediation",
        is_of_a_challenge=True,
        is_entered=True,
        is_appointment=True,
    ),
    _C(
        "brief",
        name="Our brief",
        purpose="to file our brief",
        matter="Our brief",
        duty="to file our brief",
        is_of_a_challenge=True,
        is_entered=True,
    ),
    _C(
        "city_answer",
        name="The city’s answer to the challenge",
        purpose="to answer the challenge",
        matter="The city’s answer to the challenge",
        duty="to answer the challenge",
        is_of_a_challenge=True,
        is_entered=True,
    ),
    _C(
        "decision_expected",
        name="Decision expected",
        purpose="for the decision",
        matter="The decision expected",
        duty="to decide, as was announced",
        is_of_a_challenge=True,
        is_entered=True,
    ),
    _C(
        "comply_by",
        name="Compliance by the decision’s own day",
        purpose="to comply by the day that the decision sets",
        matter="Compliance by the decision’s own day",
        duty="to comply with the decision",
        is_of_a_challenge=True,
        is_entered=True,
    ),
    _C(
        "own_day",
        name="Another day",
        purpose="for a day of the challenge",
        matter="A day of the challenge",
        duty="to do what was set",
        is_of_a_challenge=True,
        is_entered=True,
    ),
    _C(
        "promised",
        name="The day the city promised",
        purpose="promised by the city",
        matter="The city’s promised answer",
        duty="to answer, by its own word",
    ),
    _C(
        "reminder",
        name="The newsroom’s own reminder",
        purpose="reminder",
        matter="The newsroom’s reminder",
        duty="to look at the request",
    ),
)

# Whose time it is, by a deadline's `whose`: before a day, "We have until …", and after it.
HAS = {"city": "The city has", "body": "The reviewing body has", "ours": "We have"}
HAD = {"city": "The city had", "body": "The reviewing body had", "ours": "We had"}
LAST_DAY = {
    "city": "The city’s last day", "body": "The reviewing body’s last day", "ours": "Our last day",
}  # fmt: skip
_BY_SLUG = {clock.slug: clock for clock in CLOCKS}


def describe_clock(slug: str, name: str = "") -> ClockDescription:
    """The clock's description; plain words of its own name where a pack has one not listed.

    `name`: what a person called a day that they entered.
    """
    if name:
        what_for = f"for “{name}”"
        return replace(_BY_SLUG[slug], name=name, purpose=what_for, matter=name, duty=what_for)
    if slug in _BY_SLUG:
        return _BY_SLUG[slug]
    plain = slug.replace("_", " ")
    return ClockDescription(
        slug, name=plain.capitalize(), purpose=plain, matter=plain.capitalize(),
        duty=f"for the {plain}",
    )  # fmt: skip


def is_time_for_a_route(clock: str, whose: str, route: str) -> bool:
    """Whether that clock is our time to take a route; a day that a person entered is none."""
    return whose == "ours" and bool(route) and not describe_clock(clock).is_entered
