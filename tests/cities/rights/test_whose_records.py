"""A request may hint at an agency that is not the city: a hint, with who is asked instead."""

import pytest

from cities.rights.whose_records import other_agencies
from cities.schema.load import load_city
from tests.cities.worked import CONCORD, CT, MO, OR, REAL_CITIES, STOCKTON


def names(city: str, text: str) -> list[str]:
    return [hint.agency.name for hint in other_agencies(load_city(city), text)]


@pytest.mark.parametrize(
    ("city", "text", "expected"),
    [
        (CT, "every draft of the superintendent's contract", ["the school board"]),
        (CT, "Inspections by the Housing Authority", ["the housing authority"]),
        (CT, "State Police reports", ["the State"]),
        (MO, "e-mails with Jackson County", ["Jackson County"]),
        (MO, "use-of-force reports of the Police Department", ["the police department"]),
        (STOCKTON, "San Joaquin County jail bookings", ["San Joaquin County"]),
        (CONCORD, "the water district's rates", ["a water or sewer district"]),
        (
            OR,
            "Multnomah County and the school district",
            ["Multnomah County", "the school district"],
        ),
        (CT, "towing contracts and invoices", []),
        (CT, "crossing guards near schools", []),
        (MO, "Jackson Countywide trails", []),
    ],
)
def test_agency_that_the_words_hint_at(city: str, text: str, expected: list[str]) -> None:
    assert names(city, text) == expected


def test_words_are_told_once_each() -> None:
    [hint] = other_agencies(load_city(CT), "The Superintendent and the superintendents, by name")

    assert hint.words == ("superintendent",)


@pytest.mark.parametrize("city", REAL_CITIES)
def test_every_agency_has_its_law_and_somebody_to_ask(city: str) -> None:
    agencies = load_city(city).all_separate_agencies()

    assert {"housing authority", "superintendent"} <= {word for a in agencies for word in a.words}
    assert all("§" in agency.citation or "ORS" in agency.citation for agency in agencies)
