"""Which of our cities, and which route of its law, a log means by what somebody wrote."""

from cities.schema.city import City, Route, Statute
from cities.schema.load import all_cities


def city_meant(text: str) -> City | None:
    """By its slug or its name, with or without the state: "Stamford, CT", "stamford".

    None where it is none of ours, or where more than one is called so.
    """
    wanted = " ".join(text.replace(",", " ").split()).casefold()
    found = [city for city in all_cities() if wanted in _names_of(city)]
    return found[0] if len(found) == 1 else None


def label_of(city: City) -> str:
    """Stamford, CT."""
    return f"{city.name}, {_postal(city.slug)}"


def route_meant(statute: Statute, text: str) -> Route | None:
    """By its slug, its name, or the body that decides."""
    wanted = text.strip().casefold()
    for route in statute.routes:
        if wanted and wanted in {part.casefold() for part in (route.slug, route.name, route.body)}:
            return route
    return None


def _names_of(city: City) -> set[str]:
    name, state = city.name.casefold(), city.state.casefold()
    return {city.slug, name, f"{name} {state}", f"{name} {_postal(city.slug).casefold()}"}


def _postal(slug: str) -> str:
    return slug.split("/", maxsplit=1)[0].removeprefix("us-").upper()
