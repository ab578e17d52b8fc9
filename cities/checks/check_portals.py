"""A portal's channels name offices that the city has, and nobody verified it in the future."""

from collections.abc import Iterator
from datetime import date

from cities.schema.city import City
from cities.schema.load import Folder, PackError


def portal_fits_the_city(folder: Folder, city: City, on: date) -> Iterator[PackError]:
    reading = city.portal.reading
    if reading and reading.verified_on and reading.verified_on > on:
        problem = f"{reading.verified_on} is in the future: write the day it was seen to answer"
        yield folder.error(("portal", "reading", "verified_on"), problem)
    roles = {office.role.value for office in city.offices}
    for number, channel in enumerate(city.portal.channels):
        for name in sorted({office.value for office in channel.offices} - roles):
            problem = f"no {name!r} here; there are {', '.join(sorted(roles))}"
            yield folder.error(("portal", "channels", number, "offices"), problem)
