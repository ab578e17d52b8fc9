"""What was done to us, each with the routes it opens: the time for a route runs from these."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from cities.clocks.occurrences import Timeline
from cities.clocks.starts import CountedClock, Start, starts_by
from cities.schema.grievances import GrievanceRule
from cities.schema.offices import Route


@dataclass(frozen=True, slots=True)
class Opening:
    """One grievance as it happened: the act or the lapse, the rule it falls under, its routes."""

    rule: GrievanceRule
    start: Start
    routes: tuple[Route, ...]


def openings_of(
    rules: Iterable[GrievanceRule],
    routes: Sequence[Route],
    timeline: Timeline,
    counted: Mapping[str, Sequence[CountedClock]],
) -> list[Opening]:
    """Every grievance so far, by day. One that the law cannot know yet is projected."""
    found = [
        Opening(rule, _anew(rule, _apart(rule, start), timeline), _opened_by(rule, start, routes))
        for rule in rules
        for start in starts_by(rule.starts, timeline, counted)
    ]
    return sorted(found, key=lambda opening: opening.start.on)


def starts_for(route: str, openings: Iterable[Opening]) -> list[Start]:
    """What started our time for that route, by day."""
    return [one.start for one in openings if route in {opened.slug for opened in one.routes}]


def _apart(rule: GrievanceRule, start: Start) -> Start:
    if not (rule.has_own_window or rule.unsettled):
        return start
    points = " ".join(filter(None, (start.unsettled, rule.unsettled)))
    return start._replace(wrong=rule.kind if rule.has_own_window else "", unsettled=points)


def _anew(rule: GrievanceRule, start: Start, timeline: Timeline) -> Start:
    """Whether our time is counted from it alone: only where what led to it was filed in time."""
    terms = rule.runs_anew
    if terms is None:
        return start
    filed = [
        filing.date_of("received_on") or filing.on
        for filing in timeline.of_kind("appeal_filed")
        if filing.route == terms.route and filing.on <= start.on
    ]
    in_time = any(
        begun <= on <= begun + timedelta(days=terms.within_days)
        for begun, _ in timeline.matching(terms.after)
        for on in filed
    )
    return start._replace(runs_anew=in_time)


def _opened_by(rule: GrievanceRule, start: Start, routes: Sequence[Route]) -> tuple[Route, ...]:
    """A decision opens only the routes that come after the one it was made on."""
    decided = decided_route(start)
    return tuple(
        route
        for route in routes
        if rule.kind in route.follows
        and (rule.kind != "decision" or not route.after or decided in route.after)
    )


def decided_route(start: Start) -> str:
    """The route on which a decision was made, or not made in time; "" for anything else."""
    if start.lapsed:
        return start.lapsed.deadline.route
    return start.event.route if start.event else ""
