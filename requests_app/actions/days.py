"""Which days an act may have happened on. A wrong day makes a wrong deadline, so it is refused."""

from datetime import date, datetime

from requests_app.actions.errors import Refused
from requests_app.models import RecordsRequest


def in_words(day: date) -> str:
    return f"{day:%a} {day:%b} {day.day}, {day.year}"


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
    """`on`, if it is neither in the city's future nor before what it answers. Raises Refused."""
    now = today(records_request, at)
    if on > now:
        raise Refused(
            f"{in_words(on)} has not come yet in {records_request.city.name} "
            f"(it is {in_words(now)} there): enter the day it happened."
        )
    if after is not None and on < after:
        raise Refused(
            f"{in_words(on)} is before {in_words(after)}, the day {after_what}: check the date."
        )
    return on
