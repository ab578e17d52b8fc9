"""What a newsroom found out about a city: how to reach an office, when it was closed."""

from datetime import date, datetime

from django.db import transaction

from cities.load import load_city
from cities.pack import City
from requests_app import ledger
from requests_app.actions.errors import Refused
from requests_app.models import Closure, Newsroom, OfficeEntry, RecordsRequest, User


@transaction.atomic
def enter_office(
    newsroom: Newsroom,
    *,
    city_slug: str,
    office_role: str,
    email: str = "",
    address: str = "",
    portal_url: str = "",
    phone: str = "",
    source: str,
    checked_on: date,
    by: User,
    at: datetime,
) -> OfficeEntry:
    """Keep the newsroom's own contact details; each that is given wins over the pack's."""
    city = _city(city_slug)
    try:
        city.office(office_role)
    except LookupError as error:
        raise Refused(f"{error}.") from error
    if not any((email, address, portal_url, phone)):
        raise Refused("Enter at least one way to reach the office.")
    if not source.strip():
        raise Refused("Say where you found it: a page, a call, a letter.")
    if checked_on > city.local_date(at):
        raise Refused("The day it was checked has not come yet: check the date.")
    entry, _ = OfficeEntry.objects.update_or_create(
        newsroom=newsroom,
        city=city.slug,
        office=office_role,
        defaults={
            "email": email,
            "address": address.strip(),
            "portal_url": portal_url,
            "phone": phone.strip(),
            "source": source.strip(),
            "checked_on": checked_on,
            "entered_by": by,
            "entered_at": at,
        },
    )
    return entry


@transaction.atomic
def enter_closure(
    newsroom: Newsroom,
    *,
    city_slug: str,
    on: date,
    reason: str,
    source: str,
    by: User,
    at: datetime,
) -> Closure:
    """A day the city's office was closed; every open request there is derived again."""
    city = _city(city_slug)
    if not reason.strip() or not source.strip():
        raise Refused("Say why it was closed and where you found that.")
    if Closure.objects.filter(newsroom=newsroom, city=city.slug, on=on).exists():
        raise Refused(f"{city.name} is already entered as closed on that day.")
    closure = Closure.objects.create(
        newsroom=newsroom,
        city=city.slug,
        on=on,
        reason=reason.strip(),
        source=source.strip(),
        entered_by=by,
        entered_at=at,
    )
    because = f"{city.name} closed {on:%b} {on.day}: {closure.reason}"
    requests = RecordsRequest.objects.filter(newsroom=newsroom).of_city(city.slug).open()
    for request in requests.select_for_update():
        ledger.rederive(request, at=at, because=because)
    return closure


def _city(slug: str) -> City:
    try:
        return load_city(slug)
    except LookupError as error:
        raise Refused(f"{error}.") from error
