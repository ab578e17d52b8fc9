"""A condition of rows on the day that it is in each request's own city."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime

from django.db.models import Q

from cities.schema.load import all_cities


def on_city_days(condition: Callable[[date], Q], *, at: datetime, city: str = "city_slug") -> Q:
    """`condition` of a day, asked of each row for its city's; `city` names that field."""
    cities: dict[date, list[str]] = defaultdict(list)
    for one in all_cities():
        cities[one.local_date(at)].append(one.slug)
    if len(cities) == 1:
        return condition(*cities)
    found = Q(pk__in=[])
    for today, slugs in cities.items():
        found |= condition(today) & Q(**{f"{city}__in": slugs})
    return found
