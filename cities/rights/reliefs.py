"""What may be asked for over one grievance on one route."""

from cities.schema.city import City
from cities.schema.filings.reliefs import Relief
from cities.schema.offices import RequestKind


def reliefs_for(
    city: City, route: str, grievance: str, *, kind: str = RequestKind.RECORDS
) -> tuple[Relief, ...]:
    """The relief in the pack's order, unverified ones included: see `Relief.may_be_printed`.

    `route` is a slug, `grievance` one of GrievanceKind, `kind` the request's.
    """
    return tuple(
        relief
        for relief in city.all_reliefs()
        if route in relief.routes and grievance in relief.follows and kind in relief.for_kinds
    )


def notices_for(city: City, route: str, grievance: str) -> tuple[Relief, ...]:
    """The relief of which a notice of suit warns, and which may be printed: see `Relief.notice`."""
    return tuple(
        relief
        for relief in reliefs_for(city, route, grievance)
        if relief.notice and relief.may_be_printed
    )
