"""An office that counts what comes after its hour as received on the next business day.

The hour is the office's own: no statute that the desk knows names one. So the city's time counts
from the next business day, and on the strict reading from the day on which it arrived.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from cities.calendar.business_days import CityCalendar
from cities.clocks.occurrences import ENDINGS, ClockError, Occurrence

REACHES_THE_OFFICE = frozenset({"received", "grounds_requested"})
"""What starts a clock of the city's by reaching it."""


def counted_by_office_hours(
    events: Sequence[Occurrence], days: CityCalendar
) -> Sequence[Occurrence]:
    """The events with each that came after the office's hour on the day it counts as received.

    Facts: `left_at`, the city's own date and hour, and `cut_off`, the hour; without both the day
    stands. So it does where the city acted on it before: whoever answers has it.
    """
    if not any(event.facts.get("cut_off") for event in events):
        return events
    return [_counted(event, events, days) for event in events]


def _counted(event: Occurrence, events: Sequence[Occurrence], days: CityCalendar) -> Occurrence:
    if event.kind not in REACHES_THE_OFFICE or event.on < days.rules.first_day:
        return event
    left_at, cut_off = _moment(event), _hour(event)
    if left_at is None or cut_off is None or left_at.date() != event.on:
        return event
    is_after = left_at.time() > cut_off
    if days.counts(event.on) and not is_after:
        return event
    counts_on = days.add_business_days(event.on, 1)
    if any(_shows_it_was_there(other, event, counts_on) for other in events):
        return event
    facts = {
        "arrived_on": event.on,
        "why_later": _why(left_at, cut_off, counts_on, is_after=is_after),
        "unsettled_hour": _unsettled(event, cut_off),
    }
    return replace(event, on=counts_on, facts={**event.facts, **facts})


def _shows_it_was_there(other: Occurrence, event: Occurrence, counts_on: date) -> bool:
    """Whether it happened after the sending, and before the day on which that would count."""
    is_ours = other.kind in {"submitted", *REACHES_THE_OFFICE, *ENDINGS}
    return not is_ours and event.on <= other.on < counts_on


def _why(left_at: datetime, cut_off: time, counts_on: date, *, is_after: bool) -> str:
    sent = f"sent {_day(left_at.date())} at {_clock(left_at.time())}"
    why = f"after the office's {_clock(cut_off)}" if is_after else "no business day"
    return f"{sent}, {why}: counts as received {_day(counts_on)}"


def _unsettled(event: Occurrence, cut_off: time) -> str:
    source = str(event.facts.get("cut_off_source") or "")
    says = f" ({source})" if source else ""
    return (
        f"The office counts what comes after {_clock(cut_off)} as received on the next business "
        f"day{says}; the statute names no hour, so on the strict reading it was received when it "
        "arrived."
    )


def _moment(event: Occurrence) -> datetime | None:
    value = event.facts.get("left_at")
    try:
        return datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        raise ClockError(
            f"{event}: left_at is {value!r}: enter a date and an hour such as 2026-11-20T17:40"
        ) from None


def _hour(event: Occurrence) -> time | None:
    value = event.facts.get("cut_off")
    try:
        return time.fromisoformat(str(value)) if value else None
    except ValueError:
        raise ClockError(f"{event}: {value!r} is no hour: enter one such as 17:00") from None


def _day(on: date) -> str:
    return f"{on:%a %b} {on.day}"


def _clock(at: time) -> str:
    """5 p.m., 5:40 p.m."""
    minutes = f":{at:%M}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes} {'a.m.' if at.hour < 12 else 'p.m.'}"
