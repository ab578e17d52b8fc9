"""A day of the past of which only the month or the year may be known.

It is stored as the first day of what is known and how much that is: March 2019 as 2019-03-01 and
"month". Nothing is counted in days from one of which the day is not known.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self

from django.db.models import TextChoices

from requests_app.vocabulary.dates_and_amounts import day as day_in_words

EARLIEST_YEAR = 1900
_YEAR = re.compile(r"(?P<year>\d{4})")
_ISO_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})|(?P<month_first>\d{1,2})/(?P<y>\d{4})")
_FORMS_OF_A_DAY = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y")
_FORMS_OF_A_MONTH = ("%B %Y", "%b %Y", "%B, %Y", "%b. %Y")


class Precision(TextChoices):
    DAY = "day", "The day"
    MONTH = "month", "The month"
    YEAR = "year", "The year"


@dataclass(frozen=True, slots=True)
class ImpreciseDay:
    """`on` is the first day of what is known."""

    on: date
    precision: Precision = Precision.DAY

    @classmethod
    def read(cls, text: str) -> Self:
        """As a person or a spreadsheet writes it: 2019-03-04, 3/4/2019, March 2019, 2019-03, 2019.

        Of two numbers the first is the month, as Americans write. Raises ValueError, with a
        sentence that says what to write, where it is none of them.
        """
        text = " ".join(text.split())
        found = _day(text) or _month(text) or _year(text)
        if found is None:
            raise ValueError(
                f"“{text}” is no date that we can read: write 2019-03-04, March 2019 or 2019."
            )
        on, precision = found
        if on.year < EARLIEST_YEAR:
            raise ValueError(f"“{text}” is before {EARLIEST_YEAR}: check the year.")
        return cls(on, precision)

    @property
    def last(self) -> date:
        """The last day that it may have been."""
        if self.precision == Precision.DAY:
            return self.on
        if self.precision == Precision.YEAR:
            return date(self.on.year, 12, 31)
        return (self.on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)

    @property
    def is_exact(self) -> bool:
        return self.precision == Precision.DAY

    @property
    def in_words(self) -> str:
        """March 4, 2019; March 2019; 2019."""
        if self.precision == Precision.YEAR:
            return str(self.on.year)
        return f"{self.on:%B %Y}" if self.precision == Precision.MONTH else day_in_words(self.on)

    def __str__(self) -> str:
        """As much of 2019-03-04 as is known, which `read` reads again."""
        return self.on.isoformat()[: {"year": 4, "month": 7}.get(self.precision, 10)]


def days_between(begin: ImpreciseDay | None, end: ImpreciseDay | None) -> int | None:
    """None where either is unknown, or known only by its month or year."""
    if begin is None or end is None or not (begin.is_exact and end.is_exact):
        return None
    return (end.on - begin.on).days


def _read(text: str, form: str) -> date:
    return datetime.strptime(text, form).replace(tzinfo=UTC).date()


def _day(text: str) -> tuple[date, Precision] | None:
    for form in _FORMS_OF_A_DAY:
        try:
            return _read(text, form), Precision.DAY
        except ValueError:
            continue
    return None


def _month(text: str) -> tuple[date, Precision] | None:
    for form in _FORMS_OF_A_MONTH:
        try:
            return _read(text, form), Precision.MONTH
        except ValueError:
            continue
    if not (found := _ISO_MONTH.fullmatch(text)):
        return None
    year, month = found["year"] or found["y"], found["month"] or found["month_first"]
    return (date(int(year), int(month), 1), Precision.MONTH) if 1 <= int(month) <= 12 else None


def _year(text: str) -> tuple[date, Precision] | None:
    found = _YEAR.fullmatch(text)
    return (date(int(found["year"]), 1, 1), Precision.YEAR) if found and int(text) else None
