"""Which days an act may have happened on. A wrong day makes a wrong deadline, so it is refused."""

from datetime import date, datetime

from requests_app.actions.errors import Refused
from requests_app.models import RecordsRequest
from requests_app.vocabulary.dates_and_amounts import day, short_weekday
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import kinds_marked

NO_REQUEST_BEFORE = 1950  # older than every records law the desk knows


def today(records_request: RecordsRequest, at: datetime) -> date:
    """The day it is in the city."""
    return records_request.city.local_date(at)


def check(
    records_request: RecordsRequest,
    on: date,
    *,
    at: datetime,
    after: date | None = None,
    after_what: str = "it was submitted",
) -> date:
    """`on`, if it is neither in the city's future nor before what it answers. Raises Refused.

    Nor in a year that can only be a slip of the hand. One before the calendar of the state's pack
    stands, and its clocks are shown without a date.
    """
    now = today(records_request, at)
    if on.year < NO_REQUEST_BEFORE:
        raise Refused(f"{day(on)} is before {NO_REQUEST_BEFORE}: check the year.")
    if on > now:
        raise Refused(
            f"{short_weekday(on)} has not come yet in {records_request.city.name} "
            f"(it is {short_weekday(now)} there): enter the day it happened."
        )
    if after is not None and on < after:
        raise Refused(
            f"{short_weekday(on)} is before {short_weekday(after)}, the day {after_what}: "
            "check the date."
        )
    return on


def check_after_last_answer(records_request: RecordsRequest, on: date, *, at: datetime) -> date:
    """For acts that come after the city's answer, or after a decision on it. Raises Refused."""
    last = (
        records_request.events.effective()
        .filter(kind__in=kinds_marked(Mark.SETTLES))
        .in_order()
        .last()
    )
    if last is None:
        return check(records_request, on, at=at, after=records_request.submitted_on)
    what = f"of “{last.get_kind_display().lower()}”"
    return check(records_request, on, at=at, after=last.on, after_what=what)
