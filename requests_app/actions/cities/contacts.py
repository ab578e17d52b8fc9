"""What a newsroom found out about a city's offices, and when the city was closed."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cities.calendar.business_days import calendars
from cities.clocks.derive import ClockError
from cities.clocks.derive import Closure as LegalClosure
from cities.schema.city import City
from cities.schema.load import load_city
from cities.schema.offices import is_hour
from requests_app import ledger
from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.letters import FoundAddress
from requests_app.models import Closure, Newsroom, OfficeEntry, RecordsRequest
from requests_app.vocabulary.dates_and_amounts import month_day, short_weekday


@transaction.atomic
def enter_office(
    newsroom: Newsroom,
    *,
    city_slug: str,
    office_role: str,
    found: FoundAddress,
    by: Attribution,
    **ways: str,
) -> None:
    """Keep the newsroom's own ways to reach an office: email=, address=, portal_url=, phone=; and
    cut_off=, the hour after which it counts a message as received on the next business day.

    One that is blank is given up, so that the pack's counts again; one that is not named is left.
    Only what changed gets the new source, unless nothing did: then all was checked again.
    """
    city = _city(city_slug)
    try:
        city.office(office_role)
    except LookupError as error:
        raise Refused(f"{error}.") from error
    entered = {OfficeEntry.Way(way): value.strip() for way, value in ways.items()}
    if not any(entered.values()):
        raise Refused("Enter at least one way to reach the office, or its hour.")
    hour = entered.get(OfficeEntry.Way.CUT_OFF, "")
    if hour and not is_hour(hour):
        raise Refused(f"“{hour}” is no hour: write it as 17:00.")
    if not found.source.strip():
        raise Refused("Say where you found it: a page, a call, a letter.")
    if found.checked_on > timezone.localdate(by.at):
        raise Refused("The day it was checked has not come yet: check the date.")
    entries = OfficeEntry.objects.filter(newsroom=newsroom, city=city.slug, office=office_role)
    known = {entry.way: entry.value for entry in entries}
    changed = {way for way, value in entered.items() if known.get(way, "") != value} or set(entered)
    entries.filter(way__in=[way for way in changed if not entered[way]]).delete()
    for way in changed:
        if not entered[way]:
            continue
        OfficeEntry.objects.update_or_create(
            newsroom=newsroom,
            city=city.slug,
            office=office_role,
            way=way,
            defaults={
                "value": entered[way],
                "source": found.source.strip(),
                "checked_on": found.checked_on,
                "entered_by": by.user,
                "entered_at": by.at,
            },
        )


@transaction.atomic
def enter_closure(
    newsroom: Newsroom,
    closed: LegalClosure,
    *,
    city_slug: str,
    by: Attribution,
) -> Closure:
    """A day the city's office was closed; every request filed there is derived again."""
    city = _city(city_slug)
    if not closed.reason.strip() or not closed.source.strip():
        raise Refused("Say why it was closed and where you found that.")
    _check_closure(newsroom, city, closed.on)
    closure = Closure.objects.create(
        newsroom=newsroom,
        city=city.slug,
        on=closed.on,
        reason=closed.reason.strip(),
        source=closed.source.strip(),
        entered_by=by.user,
        entered_at=by.at,
    )
    because = f"{city.name} closed {month_day(closed.on)}: {closure.reason}"
    ledger.rederive_many(_filed(newsroom, city), at=by.at, because=because)
    return closure


def moved_by_closure(
    newsroom: Newsroom, *, city_slug: str, on: date, reason: str = "closed"
) -> list[ledger.Move]:
    """The open deadlines that entering that closure would move; nothing is written."""
    city = _city(city_slug)
    _check_closure(newsroom, city, on)
    return list(ledger.moves_if_closed(_filed(newsroom, city), LegalClosure(on, reason)))


def _filed(newsroom: Newsroom, city: City) -> QuerySet[RecordsRequest]:
    """All that were ever filed: the dates of those that are over stand in their ledgers too."""
    filed: QuerySet[RecordsRequest] = RecordsRequest.objects.filter(
        newsroom=newsroom, city_slug=city.slug, submitted_on__isnull=False
    )
    return filed


def _check_closure(newsroom: Newsroom, city: City, on: date) -> None:
    """Only a day that would have counted can be closed. Raises Refused."""
    try:
        # The strict reading: a legal holiday on which the city may be open can be entered, and is
        # settled by it.
        reason = calendars(city.statute.calendar).strict.why_not(on)
    except ClockError as error:
        raise Refused(f"{error}.") from error
    if reason:
        which = "a weekend" if reason == "weekend" else f"a legal holiday ({reason})"
        raise Refused(
            f"{short_weekday(on)} is {which}: it counts nowhere already, so a closure would move "
            "nothing. Enter only days on which the office should have been open."
        )
    if Closure.objects.filter(newsroom=newsroom, city=city.slug, on=on).exists():
        raise Refused(f"{city.name} is already entered as closed on that day.")


def _city(slug: str) -> City:
    try:
        return load_city(slug)
    except LookupError as error:
        raise Refused(f"{error}.") from error
