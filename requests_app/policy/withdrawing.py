"""What is kept and what is lost by withdrawing a filed challenge, said before it is done."""

from datetime import date

from requests_app.headlines import running_window
from requests_app.models import Appeal, Deadline
from requests_app.policy.clock_pill import time_left
from requests_app.vocabulary.clocks import describe_clock
from requests_app.vocabulary.dates_and_amounts import day


def consequences_of_withdrawing(appeal: Appeal, *, on: date) -> list[str]:
    """Of a filed challenge, as of that day; none of a draft, which nobody has."""
    if appeal.filed_on is None:
        return []
    request, route = appeal.records_request, appeal.pack_route
    clocks = list(Deadline.objects.filter(records_request=request))
    kept = (
        "Kept: the request as it stands, the filing with its exhibits, and everything in the "
        "ledger. The same records can be requested again."
    )
    return [
        kept,
        f"Lost: the decision of the {route.body} on this filing. {_ended(appeal, clocks)}".strip(),
        _to_file_again(appeal, clocks, on=on),
        "No new time to challenge the same answer of the city opens because of a withdrawal.",
    ]


def _ended(appeal: Appeal, clocks: list[Deadline]) -> str:
    """The days of the challenge that end with it."""
    ending = [
        describe_clock(clock.clock, clock.name).name.lower()
        for clock in clocks
        if clock.route == appeal.route
        and clock.status == "running"
        and (clock.described.is_entered or clock.whose == "body")
    ]
    return f"With it end: {', '.join(ending)}." if ending else ""


def _to_file_again(appeal: Appeal, clocks: list[Deadline], *, on: date) -> str:
    """Whether the same way would still be open to us."""
    name = appeal.pack_route.name
    own = [clock for clock in clocks if clock.route == appeal.route and clock.is_window]
    if not own:
        return f"The law counts no days for “{name}”: whether it can be filed again, ask counsel."
    last = max((c.latest_on for c in own if c.latest_on), default=None)
    if last is None or last < on:
        return f"Our time for “{name}” is over: it cannot be filed again over the same answer."
    if window := running_window(own, on):
        return f"{time_left(window, today=on)}: until then it can be filed again."
    return (
        f"Our time for “{name}” was met by this filing and would have run until "
        f"{day(max(c.due_on for c in own if c.due_on))}: a new filing after that day is late."
    )
