"""The kinds of event that a statute's clocks may look at, under the names they have everywhere."""

EVENTS = frozenset(
    [
        # on its way
        "submitted",
        "received",
        # the city's acts, and our answers
        "acknowledged",
        "clarification_requested",
        "clarified",
        "clarification_declined",
        "fees_estimated",
        "fees_paid",
        "fees_waived",
        "fee_waiver_denied",
        "extended",
        "produced_in_part",
        "granted",
        "granted_in_part",
        "denied",
        "deemed_denied",
        "no_records",
        "referred",
        "grounds_requested",
        "grounds_given",
        # challenges
        "appeal_filed",
        "appeal_decided",
        "complied",
        "lawsuit",
        # the end
        "withdrawn",
        "closed",
        "lapsed",
    ]
)


def check_event(name: str) -> None:
    """ValueError for a name that no event has: a clock that names it would never move."""
    if name not in EVENTS:
        raise ValueError(f"no event {name!r}; there are {', '.join(sorted(EVENTS))}")
