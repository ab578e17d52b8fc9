"""The events that a clock may name."""

import pytest

from cities.clocks.occurrences import ENDINGS
from cities.schema.clock_events import EVENTS, check_event
from cities.schema.clock_rules import Clock
from cities.schema.load import city_slugs, load_city

READ_BY_THE_CLOCKS = {"submitted", "deemed_denied", *ENDINGS}
"""A clock's own doing: see `Timeline` and `starts_of`. No pack needs to name them."""


def named_by(clock: Clock) -> set[str]:
    triggers = (*clock.starts, *clock.met_by, *clock.perhaps_met_by, *clock.voided_by)
    tolls = {name for toll in clock.tolls for name in (toll.starts.event, *toll.ends)}
    extended = {"extended"} if clock.extension else set()
    return {trigger.event for trigger in triggers} | tolls | extended


def test_events_are_those_that_the_packs_name_and_those_the_clocks_read() -> None:
    clocks = [clock for slug in city_slugs() for clock in load_city(slug).statute.clocks]
    named = set().union(*map(named_by, clocks)) - {""}

    assert named | READ_BY_THE_CLOCKS == EVENTS


def test_unknown_event_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"^no event 'recieved'; there are acknowledged, appeal_"):
        check_event("recieved")


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_known_event_passes(name: str) -> None:
    check_event(name)
