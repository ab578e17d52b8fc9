"""Every clock of the law, as people read it. To name one that a new pack brings, add it here.

A pack may have a clock that is not listed: it goes by its own name until somebody words it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClockDescription:
    """One clock. `name` heads a paper, "The city’s time to answer"; `purpose` stands beside a date
    on a page, "to answer · by Fri Dec 4"; `matter` begins a mail's subject, "The city’s answer is
    due tomorrow"; `duty` ends a mail's sentence, "The city has until Friday to answer".
    """

    slug: str
    name: str
    purpose: str
    matter: str
    duty: str
    is_of_a_challenge: bool = False  # it still matters once the city has answered


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


def describe_clock(slug: str) -> ClockDescription:
    """The clock's description; plain words of its own name where a pack has one not listed."""
    if slug in _BY_SLUG:
        return _BY_SLUG[slug]
    plain = slug.replace("_", " ")
    return ClockDescription(
        slug, name=plain.capitalize(), purpose=plain, matter=plain.capitalize(),
        duty=f"for the {plain}",
    )  # fmt: skip
