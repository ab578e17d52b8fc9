"""The hour after which an office counts what reaches it as received on the next business day.

What leaves keeps the hour of its own leaving and the office's as it stood then: a count made again
later gives the same day, whatever anybody has entered meanwhile.
"""

from datetime import date, datetime, time

from requests_app.models import Channel, RecordsRequest
from requests_app.office_contacts import resolve

BY_THE_CLOCK = (Channel.EMAIL, Channel.PORTAL)  # nobody is there to take anything else later
MINUTES = "%Y-%m-%dT%H:%M"


def facts_of_leaving(
    records_request: RecordsRequest, channel: str, at: datetime | None
) -> dict[str, str]:
    """What an event keeps of a letter that left at that moment; nothing where no hour matters."""
    if channel not in BY_THE_CLOCK or at is None:
        return {}
    city = records_request.city
    cut_off = resolve(records_request.newsroom, city, records_request.office_role).cut_off
    if cut_off is None or not cut_off.is_stated:
        return {}
    return {
        "left_at": at.astimezone(city.tz).strftime(MINUTES),
        "cut_off": cut_off.value,
        "cut_off_source": cut_off.source,
    }


def facts_if_sent(
    records_request: RecordsRequest, channel: str, on: date, at: datetime | None = None
) -> dict[str, str]:
    """The same of one that would leave that day: at that moment of it, else within the hours."""
    city = records_request.city
    is_then = at is not None and city.local_date(at) == on
    within = datetime.combine(on, time(12), tzinfo=city.tz)
    return facts_of_leaving(records_request, channel, at if is_then else within)
