"""Whatever a city claims, on whatever way of appeal: only what may be printed is, and in order."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cities.rights.claimed_exemption import find_exemption
from cities.schema.city import City, Route
from cities.schema.filings.exemptions import GAP, Argument
from cities.schema.load import all_cities
from requests_app.letters.facts import argument_facts, relief_facts
from requests_app.letters.facts.claimed_grounds import Challenged
from requests_app.models import Appeal, RecordsRequest

CITIES = {city.slug: city for city in all_cities()}
STRANGE = ("§ 999-1(z)", "attorney work product", "per our policy")


def ways() -> Iterator[tuple[City, Route, str]]:
    for city in CITIES.values():
        for route in city.all_routes():
            for grievance in route.follows:
                yield city, route, grievance


@st.composite
def challenges(draw: st.DrawFn) -> Challenged:
    city, route, grievance = draw(st.sampled_from(list(ways())))
    known = [one.citation for one in city.statute.exemptions]
    claims = draw(st.lists(st.sampled_from([*known, *STRANGE]), unique=True, max_size=4))
    request = RecordsRequest(city_slug=city.slug, kind=route.for_kinds[0])
    appeal = Appeal(records_request=request, route=route.slug, answers=grievance)
    return Challenged(
        appeal,
        grievance,
        "denied" if grievance in {"decision", "disobeyed"} else grievance,
        draw(st.sampled_from(["", "November 2, 2026"])),
        tuple(find_exemption(city.statute, claim) for claim in claims),
    )


def printable(what: Challenged) -> set[str]:
    """Every paragraph of the pack that may be printed, with what the desk fills in."""
    found: list[Argument] = [one for one in what.statute.general_arguments if one.may_be_printed]
    for exemption in what.statute.exemptions:
        found += exemption.printable_arguments
    texts = {argument_facts.text_of(one) for one in found}
    filled = argument_facts.known_gaps(what)
    return {GAP.sub(lambda match: filled.get(match[1], match[0]), text) for text in texts}


@settings(max_examples=400, deadline=None)
@given(challenges())
def test_only_printable_paragraphs_and_listed_gaps_are_printed(what: Challenged) -> None:
    rows = argument_facts.as_of_today(what)

    groups = argument_facts.printed_groups(what, rows)

    gaps = {gap for row in rows if row.is_chosen for gap in argument_facts.gaps_of(what, row)}
    for heading, texts in groups:
        exemptions = [one for one in what.statute.exemptions if one.citation in heading]
        assert all(one.confidence.may_enter_letter for one in exemptions) or any(
            heading == f"The claim of {claim.claim}" for claim in what.claims
        )
        for text in texts:
            assert text in printable(what) or GAP.fullmatch(text), text
            assert {match[1] for match in GAP.finditer(text)} <= gaps


@settings(max_examples=200, deadline=None)
@given(challenges())
def test_every_claim_is_answered_where_the_case_is_argued(what: Challenged) -> None:
    rows = argument_facts.as_of_today(what)

    answered = {row.claim for row in rows if row.is_chosen and row.claim}

    assert answered == ({claim.claim for claim in what.claims} if what.answers_claims else set())


@settings(max_examples=400, deadline=None)
@given(challenges(), st.data())
def test_relief_is_one_series_of_what_may_be_asked(what: Challenged, data: st.DataObject) -> None:
    offered = relief_facts.offered(what)
    chosen = set(data.draw(st.lists(st.sampled_from([one.slug for one in offered] or [""]))))
    rows = relief_facts.in_order(what, chosen)

    printed = relief_facts.printed_reliefs(what, rows)

    slugs = [row.slug for row in rows]
    packs = {one.slug: one for one in offered}
    assert all(packs[slug].may_be_printed for slug in slugs)
    assert [entry[-1] for entry in printed] == [
        "." if number == len(printed) else "d" if number == len(printed) - 1 else ";"
        for number in range(1, len(printed) + 1)
    ]
    for place, (slug, entry) in enumerate(zip(slugs, printed, strict=True), start=1):
        assert packs[slug].text[1:].rstrip(".") in entry
        assert packs[slug].citation in entry
        first = packs[slug].in_the_alternative_to
        if first not in slugs:
            assert "in the alternative" not in entry
        elif named := re.match(r"in the alternative to paragraph (\d+), ", entry):
            assert slugs[int(named[1]) - 1] == first
        else:
            assert slugs[place - 2] == first


@pytest.mark.parametrize("name", ["the day of the denial", "the day of the response"])
def test_what_the_desk_fills_in_is_a_gap_of_some_pack(name: str) -> None:
    gaps = {
        gap
        for city in CITIES.values()
        for one in city.statute.general_arguments
        for gap in one.gaps
    }

    assert name in gaps
