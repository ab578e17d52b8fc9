"""What a writer finds in the real packs: enough to argue, something to ask for, a checklist."""

from typing import Any

import pytest

from cities.rights.reliefs import reliefs_for
from cities.schema.facts import Confidence
from cities.schema.load import city_slugs, load_city, load_statute
from cities.schema.offices import RequestKind
from requests_app.letters.facts.claimed_grounds import ARGUED_BEFORE

BEHIND_A_DECISION = {"decision", "disobeyed"}  # argued as what the decision was about
STATES = ("us-ca", "us-ct", "us-mo", "us-or")


@pytest.mark.parametrize("state", STATES)
def test_at_least_eight_exemptions_have_two_arguments_for_paper(state: str) -> None:
    exemptions = load_statute(state).exemptions

    ready = [e.slug for e in exemptions if len(e.printable_arguments) >= 2]
    assert len(ready) >= 8, ready


@pytest.mark.parametrize("state", STATES)
def test_burden_narrow_reading_segregation_and_ground_answer_every_exemption(state: str) -> None:
    points = {argument.point for argument in load_statute(state).general_arguments_over("denied")}

    assert {"burden", "narrow_reading", "segregation", "ground_in_writing"} <= points


@pytest.mark.parametrize("slug", city_slugs())
def test_every_grievance_that_is_argued_has_an_argument_for_paper(slug: str) -> None:
    city = load_city(slug)

    bare = [
        (route.slug, grievance)
        for route in city.all_routes()
        for grievance in route.follows
        if route.kind in ARGUED_BEFORE
        and RequestKind.RECORDS in route.for_kinds
        and grievance not in BEHIND_A_DECISION
        and not city.statute.general_arguments_over(grievance)
    ]
    assert bare == []


@pytest.mark.parametrize("slug", city_slugs())
def test_every_grievance_on_every_route_has_a_relief_for_paper(slug: str) -> None:
    city = load_city(slug)

    bare = [
        (route.slug, grievance, kind)
        for route in city.all_routes()
        for grievance in route.follows
        for kind in route.for_kinds
        if not any(
            relief.may_be_printed and not relief.is_optional and not relief.in_the_alternative_to
            for relief in reliefs_for(city, route.slug, grievance, kind=kind)
        )
    ]
    assert bare == []


@pytest.mark.parametrize("state", STATES)
def test_what_rests_on_memory_never_reaches_paper(state: str) -> None:
    statute = load_statute(state)
    rested: list[Any] = [
        *statute.general_arguments,
        *statute.reliefs,
        *(argument for exemption in statute.exemptions for argument in exemption.arguments),
        *(item for route in statute.routes for item in (*route.requires, *route.days)),
    ]

    remembered = [item for item in rested if "memory" in item.source]
    assert remembered != []
    assert {item.confidence for item in remembered} == {Confidence.UNVERIFIED}


def test_connecticut_refuses_a_complaint_without_the_correspondence() -> None:
    foic = load_city("us-ct/stamford").route("foic")

    exhibits = [i for i in foic.requires_for("denied") if i.kind == "exhibit" and i.is_mandatory]
    assert [item.slug for item in exhibits] == ["request", "answer"]
    assert [item.why.partition(" (")[2] for item in exhibits] == [
        "FOIC Regs. § 1-21j-28(b)(4))."
    ] * 2


def test_oregon_petition_over_silence_names_nobody_who_denied() -> None:
    petition = load_city("us-or/portland").route("district_attorney")

    assert "denied_by" in [item.slug for item in petition.requires_for("denied")]
    assert "denied_by" not in [item.slug for item in petition.requires_for("silence")]
