"""How far off a clock's day is, for the subject of a mail."""

from datetime import date

from requests_app.vocabulary.clocks import ClockDescription
from requests_app.vocabulary.dates_and_amounts import count


def distance(due: date, today: date, business_days_late: int) -> str:
    """ "due in 3 days", "due tomorrow", "due today", "2 business days late" """
    left = (due - today).days
    if left > 1:
        return f"due in {left} days"
    if left >= 0:
        return "due tomorrow" if left else "due today"
    # Late on a weekend or a holiday: no business day has passed yet.
    return f"{count(business_days_late, 'business day')} late" if business_days_late else "late"


def how_far_off(described: ClockDescription, due: date, today: date) -> str:
    """The same of a day of ours that a person entered: a hearing is "in 3 days", a brief is due
    then; past, somebody has yet to say what came of it."""
    if due < today:
        return "past, and nobody said what came of it"
    words = distance(due, today, 0)
    return words.removeprefix("due ") if described.is_appointment else words
