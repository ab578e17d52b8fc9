"""The dates a second time, by other code: from the words of the statutes and nothing of `cities`.

Written from the law alone, so that a mistake of the desk's engine is not made here again. It knows
four states and the years from 2018 to 2028, and no pack. What it shares with the engine is only
what the law itself leaves to whoever counts:

- a clock of the city's has a strict and a generous reading where the law is open; a wrong may be
  claimed from the day after the strict one, and nobody can deny it after the generous one;
- a time of ours is counted from the first act that may have begun it; it is safe until the last
  business day on or before its bare end, and may last until its most generous one.
"""

from collections.abc import Callable, Sequence
from datetime import date

from tests.cities.rights.calculator import (
    california,
    connecticut,
    legal_days,
    missouri,
    oregon,
)
from tests.cities.rights.calculator.record import Act, Answer, Record, Request

STATES: dict[str, tuple[Callable[[Record], Answer], frozenset[date]]] = {
    "us-ct": (connecticut.answer, legal_days.CONNECTICUT),
    "us-mo": (missouri.answer, legal_days.MISSOURI),
    "us-ca": (california.answer, legal_days.CALIFORNIA),
    "us-or": (oregon.answer, legal_days.OREGON),
}


def calculate(
    city: str, acts: Sequence[Act], *, track: str = "", custodian: str = "",
    closed: Sequence[date] = (),
) -> Answer:  # fmt: skip
    """What was done to us and which times of ours run, for a request to such a city."""
    request = Request(track, custodian, frozenset(closed))
    answer, holidays = STATES[city.split("/", maxsplit=1)[0]]
    return answer(Record(acts, request, holidays))
