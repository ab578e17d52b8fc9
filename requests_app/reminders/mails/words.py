"""What a clock is called in a mail, and how far off its day is."""

from datetime import date

HAVE = {"city": "The city has", "body": "The reviewing body has", "ours": "We have"}
HAD = {"city": "The city had", "body": "The reviewing body had", "ours": "We had"}


def in_words(on: date) -> str:
    """ "Friday, December 4, 2026" """
    return f"{on:%A, %B} {on.day}, {on.year}"


def short(on: date) -> str:
    """ "Fri Dec 4" """
    return f"{on:%a %b} {on.day}"


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def distance(due: date, today: date, business_days_late: int) -> str:
    """ "due in 3 days", "due tomorrow", "due today", "2 business days late" """
    left = (due - today).days
    if left > 1:
        return f"due in {left} days"
    if left >= 0:
        return "due tomorrow" if left else "due today"
    # Late on a weekend or a holiday: no business day has passed yet.
    return f"{count(business_days_late, 'business day')} late" if business_days_late else "late"


def in_a_row(days: list[date]) -> str:
    """ "Nov 14", "Nov 14 and Nov 15", "Nov 14, Nov 15 and Nov 16" """
    words = [short(day) for day in sorted(set(days))]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""
