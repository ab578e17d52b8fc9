"""The legal holidays of four states, 2018 to 2028, each list from its own section."""

from collections.abc import Iterable
from datetime import date, timedelta

YEARS = tuple(range(2018, 2029))
DAY = timedelta(days=1)
MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 3, 4, 5, 6
GOOD_FRIDAYS = {
    date(2022, 4, 15), date(2023, 4, 7), date(2024, 3, 29), date(2025, 4, 18), date(2026, 4, 3),
    date(2027, 3, 26), date(2028, 4, 14),
}  # fmt: skip
"""Connecticut keeps it by yearly proclamation, § 1-4's "any day appointed"."""


def nth(year: int, month: int, weekday: int, which: int) -> date:
    """The first, second, … such weekday of a month."""
    first = date(year, month, 1)
    return first + DAY * ((weekday - first.weekday()) % 7 + 7 * (which - 1))


def last_monday_of_may(year: int) -> date:
    end = date(year, 5, 31)
    return end - DAY * end.weekday()


def moved(day: date, *, saturday: bool, sunday: bool) -> date:
    """Where a holiday on a weekend is kept: the Friday before, the Monday after, or not moved."""
    if day.weekday() == SATURDAY and saturday:
        return day - DAY
    if day.weekday() == SUNDAY and sunday:
        return day + DAY
    return day


def thanksgiving(year: int) -> date:
    return nth(year, 11, THURSDAY, 4)


def _connecticut() -> set[date]:
    """Conn. Gen. Stat. § 1-4: from Saturday to the Friday before, from Sunday to the Monday.

    June 19 from 2023 on: P.A. 22-128 is in force from October 1, 2022. Read from 2022 on.
    """
    days = set(GOOD_FRIDAYS)
    for year in range(2022, 2030):  # a New Year's Day on a Saturday is kept in the year before
        fixed = [(1, 1), (2, 12), (7, 4), (11, 11), (12, 25)]
        fixed += [(6, 19)] if year >= 2023 else []
        days |= {moved(date(year, *day), saturday=True, sunday=True) for day in fixed}
        days |= {nth(year, 1, MONDAY, 3), nth(year, 2, MONDAY, 3), last_monday_of_may(year)}
        days |= {nth(year, 9, MONDAY, 1), nth(year, 10, MONDAY, 2), thanksgiving(year)}
    return {day for day in days if day.year >= 2022}


def _missouri() -> set[date]:
    """RSMo § 9.010: a Sunday goes to the Monday; of a Saturday the section says nothing.

    June 19 came into it in August 2022; in June 2021 and 2022 offices closed for it all the same.
    """
    days: set[date] = {nth(2021, 6, FRIDAY, 3), nth(2022, 6, FRIDAY, 3)}
    for year in YEARS:
        fixed = [(1, 1), (2, 12), (5, 8), (7, 4), (11, 11), (12, 25)]
        fixed += [(6, 19)] if year >= 2022 else []
        days |= {moved(date(year, *day), saturday=False, sunday=True) for day in fixed}
        days |= {nth(year, 1, MONDAY, 3), nth(year, 2, MONDAY, 3), last_monday_of_may(year)}
        days |= {nth(year, 9, MONDAY, 1), nth(year, 10, MONDAY, 2), thanksgiving(year)}
    return days


def _kansas_city_may_work() -> set[date]:
    """§ 610.020.2 leaves out holidays "when the facility is closed": on these it may be open.

    Lincoln's and Truman's days and Columbus Day; Juneteenth in a year in which the City keeps
    another day, the third Friday of June; in 2021 and 2022 either day.
    """
    days: set[date] = {nth(2021, 6, FRIDAY, 3), nth(2022, 6, FRIDAY, 3)}
    for year in YEARS:
        days |= {moved(date(year, *day), saturday=False, sunday=True) for day in [(2, 12), (5, 8)]}
        days.add(nth(year, 10, MONDAY, 2))
        if year >= 2022 and nth(year, 6, FRIDAY, 3) != date(year, 6, 19):
            days.add(moved(date(year, 6, 19), saturday=False, sunday=True))
    return days


def _california() -> set[date]:
    """Code Civ. Proc. § 135 with Gov. Code § 6701: November 11 alone goes from Saturday to Friday;
    from Sunday to Monday go the days that § 6701 lists, and June 19 is not among them."""
    days: set[date] = set()
    for year in YEARS:
        to_monday = [(1, 1), (2, 12), (3, 31), (7, 4), (11, 11), (12, 25)]
        days |= {
            moved(date(year, *day), saturday=day == (11, 11), sunday=True) for day in to_monday
        }
        days |= {nth(year, 1, MONDAY, 3), nth(year, 2, MONDAY, 3)}
        days |= {date(year, 6, 19)} if year >= 2023 else {nth(year, 10, MONDAY, 2)} - _AFTER_2021
        days |= {last_monday_of_may(year), nth(year, 9, MONDAY, 1), nth(year, 9, FRIDAY, 4)}
        days |= {thanksgiving(year), thanksgiving(year) + DAY}
    return days | {date(2026, 7, 3)}


_AFTER_2021 = {nth(2022, 10, MONDAY, 2)}
"""Columbus Day was a judicial holiday through 2021 (AB 855, Stats. 2021, ch. 283)."""

COURTS_MAY_WORK = frozenset(
    {date(2026, 7, 3)} | {nth(year, 9, FRIDAY, 4) for year in range(2018, 2022)}
)
"""July 3, 2026: Rule 1.11 keeps the Saturday's holiday on Friday, § 6701 does not. Native American
Day in 2018 to 2021: in Gov. Code § 6700, and left out by § 135 from a day that was not found."""


def _oregon() -> set[date]:
    """ORS 187.010: of a Saturday the Friday before is a holiday too, of a Sunday the Monday.

    June 19 from 2022 on: HB 2168 was signed on June 19, 2021.
    """
    days: set[date] = set()
    for year in (*YEARS, 2029):
        fixed = [(1, 1), (7, 4), (11, 11), (12, 25)] + ([(6, 19)] if year >= 2022 else [])
        days |= {date(year, *day) for day in fixed}
        days |= {moved(date(year, *day), saturday=True, sunday=True) for day in fixed}
        days |= {nth(year, 1, MONDAY, 3), nth(year, 2, MONDAY, 3), last_monday_of_may(year)}
        days |= {nth(year, 9, MONDAY, 1), thanksgiving(year)}
    return days


CONNECTICUT, MISSOURI = frozenset(_connecticut()), frozenset(_missouri())
CALIFORNIA, OREGON = frozenset(_california()), frozenset(_oregon())
KANSAS_CITY_MAY_WORK = frozenset(_kansas_city_may_work())


class Days:
    """Monday to Friday, less the days given."""

    def __init__(self, *off: Iterable[date]) -> None:
        self.off = frozenset().union(*map(frozenset, off))

    def works(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.off

    def after(self, start: date, count: int) -> date:
        """The count-th working day after that day, which is not counted itself."""
        day = start
        for _ in range(count):
            day = self.or_next(day + DAY)
        return day

    def or_next(self, day: date) -> date:
        while not self.works(day):
            day += DAY
        return day

    def or_before(self, day: date) -> date:
        while not self.works(day):
            day -= DAY
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after the first through the second."""
        return sum(self.works(start + DAY * n) for n in range(1, (end - start).days + 1))
