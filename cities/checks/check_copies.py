"""A rule on copies names an office and routes that the city has, or it would never fit."""

from collections.abc import Iterator

from cities.schema.city import City
from cities.schema.load import Folder, PackError


def copies_go_to_what_there_is(folder: Folder, city: City) -> Iterator[PackError]:
    roles = {office.role.value for office in city.offices}
    routes = {route.slug for route in city.all_routes()}
    for number, rule in enumerate(city.copies):
        named = {
            "office": ({rule.office.value}, roles),
            "written_to": ({role.value for role in rule.written_to}, roles),
            "routes": (set(rule.routes), routes),
        }
        for key, (names, known) in named.items():
            for name in sorted(names - known):
                problem = f"no {name!r} here; there are {', '.join(sorted(known))}"
                yield folder.error(("copies", number, key), problem)
    for route in city.all_routes():
        for requirement in route.requires:
            if requirement.copy_to and requirement.copy_to not in roles:
                problem = (
                    f"the route {route.slug!r} wants a copy to {requirement.copy_to!r}, an office "
                    f"that this city has not; there are {', '.join(sorted(roles))}"
                )
                yield folder.error(("offices",), problem)
