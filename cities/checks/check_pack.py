"""What a pack must be beyond its types: names that meet, dates that have been, codes of their own.

`cities.schema.load` refuses what cannot be read. These checks are for who writes a pack; the
command `check_cities` and the tests run them.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from cities.checks.check_copies import copies_go_to_what_there_is
from cities.checks.check_filings import filings_of_a_city, filings_of_a_state
from cities.checks.check_grievances import grievances_meet_routes, routes_follow_grievances
from cities.checks.check_portals import portal_fits_the_city
from cities.checks.run_cases import run_case
from cities.schema.city import City, Custodian, RequestKind, RouteKind, Statute
from cities.schema.facts import NoneSet, NotSpecified, Stated
from cities.schema.load import (
    PACKS,
    Folder,
    PackError,
    PackErrors,
    city_slugs,
    load_city,
    load_statute,
)


def check_statute(slug: str, *, on: date, packs: Path = PACKS) -> list[PackError]:
    """What is wrong with a state's folder, such as "us-ct", on that day."""
    try:
        statute = load_statute(slug, packs)
        folder = Folder.read(slug, packs)
    except PackErrors as error:
        return error.errors
    faults = [
        *_dates_have_been(folder, on),
        *_clocks_exist(folder, statute),
        *_routes_lead_on(folder, {route.slug for route in statute.routes}),
        *_clocks_name_what_there_is(folder, statute, packs),
        *grievances_meet_routes(folder, statute, _route_tables(folder, packs)),
        *routes_follow_grievances(folder, statute),
        *_two_readings_have_their_sentence(folder, statute),
        *filings_of_a_state(folder, statute, _slugs(folder, packs)),
        *_silence_is_whole(folder, statute),
        *_letters_can_open(folder, statute),
    ]
    # Clocks that are at fault count wrong: their examples would only say it again.
    return faults or list(_examples_come_out(folder, statute, packs))


def check_city(slug: str, *, on: date, packs: Path = PACKS) -> list[PackError]:
    """What is wrong with a city's own folder, such as "us-ct/stamford", on that day.

    Where the state's folder cannot be loaded its errors are the answer.
    """
    try:
        city = load_city(slug, packs)
        folder = Folder.read(slug, packs)
    except PackErrors as error:
        return error.errors
    return [
        *_dates_have_been(folder, on),
        *_clocks_exist(folder, city.statute),
        *_routes_lead_on(folder, {route.slug for route in city.all_routes()}),
        *routes_follow_grievances(folder, city.statute),
        *filings_of_a_city(folder, city),
        *copies_go_to_what_there_is(folder, city),
        *portal_fits_the_city(folder, city, on),
        *_code_is_its_own(folder, city),
        *_records_reach_a_custodian(folder, city),
    ]


def count_facts(value: object) -> tuple[int, int]:
    """How many facts below `value` are stated (or set to none), and how many not specified."""
    facts = list(_facts(value))
    missing = sum(isinstance(fact, NotSpecified) for fact in facts)
    return len(facts) - missing, missing


def stated_in(value: object) -> list[Stated]:
    """The facts below `value` that a source states, or sets to none."""
    return [fact for fact in _facts(value) if isinstance(fact, Stated)]


def _facts(value: object) -> Iterator[Stated | NoneSet | NotSpecified]:
    if isinstance(value, Stated | NotSpecified):
        yield value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from _facts(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from _facts(item)


def _dates_have_been(folder: Folder, on: date) -> Iterator[PackError]:
    for path, checked_on in _checked_on(folder.raw, ()):
        if isinstance(checked_on, date) and checked_on > on:
            yield folder.error(path, f"{checked_on} is in the future: write the day it was checked")


def _checked_on(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "checked_on":
                yield (*path, key), item
            yield from _checked_on(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _checked_on(item, (*path, number))


def _clocks_exist(folder: Folder, statute: Statute) -> Iterator[PackError]:
    names = {clock.name for clock in statute.clocks}
    for number, route in enumerate(folder.raw.get("routes", [])):
        clock = route.get("clock", "")
        if clock and clock not in names:
            yield folder.error(("routes", number, "clock"), _no_clock(clock, names))


def _routes_lead_on(folder: Folder, slugs: set[str]) -> Iterator[PackError]:
    for number, route in enumerate(folder.raw.get("routes", [])):
        for name in route.get("after", ()):
            if name not in slugs:
                problem = f"no route {name!r}; there are {', '.join(sorted(slugs))}"
                yield folder.error(("routes", number, "after"), problem)


def _clocks_name_what_there_is(
    folder: Folder, statute: Statute, packs: Path
) -> Iterator[PackError]:
    """A route, track or custodian that a clock names and nothing else does would never match."""
    slugs = _slugs(folder, packs)
    routes = {*slugs, *RouteKind}
    known = {
        "route": {*routes, ""},
        "track": {*statute.tracks, ""},
        "custodian": {*get_args(Custodian), ""},
    }
    for number, clock in enumerate(statute.clocks):
        for key, names in known.items():
            if (named := getattr(clock, key)) not in names:
                problem = f"no {key} {named!r}; there are {', '.join(sorted(names - {''}))}"
                yield folder.error(("clocks", number, key), problem)
        for key in ("starts", "met_by", "perhaps_met_by", "voided_by"):
            named_routes = {name for trigger in getattr(clock, key) for name in trigger.routes}
            for name in sorted(named_routes - routes):
                problem = f"no route {name!r}; there are {', '.join(sorted(routes))}"
                yield folder.error(("clocks", number, key), problem)


def _two_readings_have_their_sentence(folder: Folder, statute: Statute) -> Iterator[PackError]:
    """Where a clock may come out on two days, a page says why: that sentence must be there."""
    for number, clock in enumerate(statute.clocks):
        moves_for_sure = clock.whose != "ours" and clock.roll == "weekend_or_holiday"
        needed = {
            "unsettled_roll": clock.unit != "business_days" and not moves_for_sure,
            "unsettled_meeting": bool(clock.perhaps_met_by),
        }
        for key, is_needed in needed.items():
            if is_needed and not getattr(clock, key):
                problem = f"{key} is missing: say what the law leaves open, with its citation"
                yield folder.error(("clocks", number), problem)
        if clock.extension and not clock.extension.unsettled:
            problem = "`unsettled` is missing: say what the law leaves open, with its citation"
            yield folder.error(("clocks", number, "extension"), problem)


def _route_tables(state: Folder, packs: Path) -> list[dict[str, Any]]:
    """The state's routes and those that its cities have of their own, as the files have them."""
    cities = [slug for slug in city_slugs(packs) if slug.startswith(f"{state.slug}/")]
    folders = [state.raw, *(_raw(slug, packs) for slug in cities)]
    return [table for raw in folders for table in raw.get("routes", [])]


def _slugs(state: Folder, packs: Path) -> set[str]:
    return {table.get("slug", "") for table in _route_tables(state, packs)}


def _silence_is_whole(folder: Folder, statute: Statute) -> Iterator[PackError]:
    names = {clock.name for clock in statute.clocks}
    silence = statute.silence
    for clock in silence.clocks:
        if clock not in names:
            yield folder.error(("silence", "clocks"), _no_clock(clock, names))
    if silence.is_denial and not silence.clocks:
        yield folder.error(("silence",), "is a denial: name in `clocks` those whose lapse makes it")
    if silence.clocks and not silence.is_denial:
        yield folder.error(("silence", "clocks"), "silence is no denial here: leave the clocks out")


def _no_clock(clock: str, names: set[str]) -> str:
    return f"no clock {clock!r}; there are {', '.join(sorted(names))}"


def _letters_can_open(folder: Folder, statute: Statute) -> Iterator[PackError]:
    if "request_line" not in statute.sentences:
        yield folder.error(
            ("letter_sentences", "request_line"), "is missing: every letter opens with it"
        )


def _examples_come_out(folder: Folder, statute: Statute, packs: Path) -> Iterator[PackError]:
    """The dates that the statute's own examples name are the ones that its clocks count."""
    cities = [slug for slug in city_slugs(packs) if slug.startswith(f"{folder.slug}/")]
    for number, example in enumerate(statute.examples):
        if example.city not in cities:
            problem = f"no city {example.city!r} under this law; there are {', '.join(cities)}"
            yield folder.error(("examples", number, "city"), problem)
            continue
        try:
            result = run_case(example, lambda slug: load_city(slug, packs))
        except PackErrors:
            continue  # what is wrong with the city, its own check says
        for difference in result.differences:
            yield folder.error(("examples", number, "expect"), f"{example.id}: {difference}")


def _code_is_its_own(folder: Folder, city: City) -> Iterator[PackError]:
    for slug in city_slugs(folder.packs):
        if slug != city.slug and _raw(slug, folder.packs).get("code") == city.code:
            problem = f"{city.code!r} is also {slug}'s: references need a code of their own"
            yield folder.error(("code",), problem)


def _raw(slug: str, packs: Path) -> dict[str, Any]:
    """A folder's table; empty where it cannot be read, which its own check says."""
    try:
        return Folder.read(slug, packs).raw
    except PackErrors:
        return {}


def _records_reach_a_custodian(folder: Folder, city: City) -> Iterator[PackError]:
    if not any(office.is_custodian for office in city.offices_for(RequestKind.RECORDS)):
        problem = "no office that receives records is a custodian: no clock could start"
        yield folder.error(("offices",), problem)
