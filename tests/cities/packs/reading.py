"""What the tests of each city's pack ask of it."""

from cities.schema.city import City
from cities.schema.load import load_city


def contacts(slug: str, way: str, *, verified: bool = True) -> set[str]:
    """Every contact of that way in the city's offices and routes, fit for a letter or not."""
    city = load_city(slug)
    facts = [getattr(place, way) for place in (*city.offices, *city.all_routes())]
    return {fact.value for fact in facts if fact.is_stated and fact.may_enter_letter is verified}


def after(city: City, answer: str, custodian: str = "city", *, decided: str = "") -> list[str]:
    """The slugs of the routes that are open after that answer."""
    return [route.slug for route in city.routes_after(answer, custodian, decided=decided)]


def first_office(city: City, kind: str) -> str:
    return city.offices_for(kind)[0].role.value  # type: ignore[arg-type]


GAPS = {
    "fees per page", "fines and escalation for misuse of data", "closures and city holidays",
    "how to appeal, and by when",
}  # fmt: skip
"""What people look for on each of the five cities' pages and do not find."""


def gaps_of(slug: str) -> set[str]:
    return {gap.what for gap in load_city(slug).not_specified}
