"""Every clock, channel and state is described for whoever shows it."""

from dataclasses import fields

import pytest

from cities.schema.load import load_city
from requests_app.office_contacts import FIELDS
from requests_app.vocabulary.channels import Channel, how
from requests_app.vocabulary.clocks import CLOCKS, HAD, HAS, describe_clock
from requests_app.vocabulary.event_description import Actor
from requests_app.vocabulary.states import OPEN, OVER, UNFILED, RequestState
from tests.cities.worked import REAL_CITIES


def test_every_clock_of_the_laws_we_have_read_has_its_words() -> None:
    cities = [load_city(slug) for slug in REAL_CITIES]
    clocks = {clock.name for city in cities for clock in city.statute.clocks}

    assert clocks - {clock.slug for clock in CLOCKS} == set()


def test_a_clock_that_is_not_listed_goes_by_its_own_name() -> None:
    mediation = describe_clock("pre_mediation")

    assert mediation.name == "Pre mediation"
    assert mediation.matter == "Pre mediation"
    assert mediation.purpose == "pre mediation"
    assert mediation.duty == "for the pre mediation"


def test_whose_time_it_is_has_words_before_a_day_and_after() -> None:
    sides = {actor.value for actor in Actor if actor}
    assert (set(HAS), set(HAD)) == (sides, sides)


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_has_its_words_and_the_contact_it_needs(channel: Channel) -> None:
    described = channel.described
    by_hand_only = set() if channel.is_by_hand else {"day_label", "confirmation_label"}
    is_seen_by_the_desk = channel in {Channel.EMAIL, Channel.PORTAL}
    written_down_only = {"heard_label"} if is_seen_by_the_desk else set()

    empty = {f.name for f in fields(described) if not getattr(described, f.name)}

    assert empty == by_hand_only | written_down_only
    assert described.contact in FIELDS


def test_a_channel_is_found_by_its_name() -> None:
    assert how("in_person") == "in person"
    assert how("") == ""


def test_every_filed_state_says_what_came_of_the_request() -> None:
    silent = {state for state in RequestState if not state.outcome}
    assert silent == set(UNFILED)


def test_a_request_is_open_or_over() -> None:
    assert sorted((*OPEN, *OVER)) == sorted(RequestState)
