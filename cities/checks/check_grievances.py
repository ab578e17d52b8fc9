"""Whether a statute's grievances, routes and clocks meet: what is wrong here fails no count.

A right that nothing opens is simply never offered, so nobody would notice it on a page.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from cities.schema.city import Statute
from cities.schema.grievances import GrievanceRule
from cities.schema.load import Folder, PackError

Tables = Iterable[dict[str, Any]]
"""Routes as the files have them: the state's, and its cities' own."""


def grievances_meet_routes(folder: Folder, statute: Statute, tables: Tables) -> Iterator[PackError]:
    """What a state's folder says of grievances, beside its clocks and every route under it."""
    tables = list(tables)
    yield from _triggers_name_what_there_is(folder, statute, {t.get("slug", "") for t in tables})
    followed = {kind for table in tables for kind in table.get("follows", ())}
    for number, rule in enumerate(statute.grievances):
        if rule.kind not in followed:
            problem = (
                f"no route follows {rule.kind!r}: add it to the `follows` of a route, "
                "or leave the grievance out"
            )
            yield folder.error(("grievances", number, "kind"), problem)
    yield from _windows_begin(folder, statute, tables)


def routes_follow_grievances(folder: Folder, statute: Statute) -> Iterator[PackError]:
    """That each route for records in this folder follows what the statute has a rule for."""
    kinds = _kinds(statute)
    for number, route in enumerate(folder.raw.get("routes", [])):
        if "records" not in route.get("for_kinds", ("records",)):
            continue
        for kind in route.get("follows", ()):
            if kind not in kinds:
                problem = (
                    f"nothing makes the grievance {kind!r}, so it never opens this route: add a "
                    f"[[grievances]] of that kind, or follow one of {', '.join(sorted(kinds))}"
                )
                yield folder.error(("routes", number, "follows"), problem)


def _kinds(statute: Statute) -> set[str]:
    return {str(rule.kind) for rule in statute.opens_rights}


def _windows_begin(folder: Folder, statute: Statute, tables: Tables) -> Iterator[PackError]:
    """Our time for a route, without `starts`, begins with a grievance that opens the route."""
    kinds = _kinds(statute)
    follows: dict[str, set[str]] = {}
    for table in tables:
        follows.setdefault(table.get("slug", ""), set()).update(table.get("follows", ()))
    unopened = {slug for slug, followed in follows.items() if kinds.isdisjoint(followed)}
    for number, clock in enumerate(statute.clocks):
        if clock.is_window and not clock.starts and clock.route in unopened:
            problem = (
                f"{clock.name}: never begins: no grievance opens the route {clock.route!r}; give "
                "that route a `follows`, or this clock `starts`"
            )
            yield folder.error(("clocks", number), problem)


def _triggers_name_what_there_is(
    folder: Folder, statute: Statute, slugs: set[str]
) -> Iterator[PackError]:
    clocks = {clock.name for clock in statute.clocks}
    routes = slugs | {str(route.kind) for route in statute.routes}
    for number, rule in enumerate(statute.grievances):
        place = ("grievances", number, "starts")
        for name in sorted(_clocks_named(rule) - clocks):
            problem = f"no clock {name!r}; there are {', '.join(sorted(clocks))}"
            yield folder.error(place, problem)
        for name in sorted({name for t in rule.starts for name in t.routes} - routes):
            problem = f"no route {name!r}; there are {', '.join(sorted(routes))}"
            yield folder.error(place, problem)
        if any(not trigger.event for trigger in rule.remedied_by):
            problem = "only what was done remedies: name events here, no silence and no day"
            yield folder.error(("grievances", number, "remedied_by"), problem)


def _clocks_named(rule: GrievanceRule) -> set[str]:
    named = {name for t in rule.starts for name in (t.silence_of, t.due_of, t.past)}
    return named - {""}
