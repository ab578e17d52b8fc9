"""A colleague's first mail from a city's domain: which of the city's open requests it may be about.

Nobody there wrote before, it answers nothing and names no number in full. So nothing is decided: a
person chooses among the likeliest, each with what of it the mail names.
"""

import re
from collections.abc import Iterator

from requests_app.actions.mail import known_senders
from requests_app.mail.suggestions.find_dates import dates
from requests_app.matching import LOOKED_AT, Clue, Weight, likeness, numbers, words
from requests_app.models import InboundMail, RecordsRequest
from requests_app.models.requests.records_request import RecordsRequestQuerySet
from requests_app.vocabulary import dates_and_amounts

MOST = 200  # open requests of those cities, the newest first
LIKE_ENOUGH = 0.34  # a third of a request's telling words
LEAST_NAME = 4  # letters of a family name that is looked for by itself
LEAST_NUMBER = 4


def by_city(mail: InboundMail, requests: RecordsRequestQuerySet) -> Iterator[Clue]:
    """Clues that decide nothing: `Weight.FROM_ITS_CITY`, more alike the more the mail names."""
    cities = known_senders.cities_of(mail.from_address)
    if not cities:
        return
    found = requests.open().filter(city_slug__in=cities)
    rows = list(found.select_related("created_by", "assigned_to").order_by("-pk")[:MOST])
    known = known_senders.known_senders(mail.from_address, rows)
    rows = [row for row in rows if row.pk in known]
    text = f"{mail.subject}\n{mail.said or mail.text}"[:LOOKED_AT]
    for row in rows:
        named = list(_named(row, text, mail))
        if not named and len(rows) == 1:
            named = ["It is the only open request there"]
        if named:
            why = f"{known[row.pk][:1].upper()}{known[row.pk][1:]}. {'. '.join(named)}."
            alike = likeness(words(row.subject), words(text))
            yield Clue(
                row.pk, row.newsroom_id, Weight.FROM_ITS_CITY, why, min(len(named) + alike, 9) / 9
            )


def _named(row: RecordsRequest, text: str, mail: InboundMail) -> Iterator[str]:
    """What of a request stands in a mail, each in a sentence without its full stop."""
    if number := _like_its_number(row.city_reference, text):
        yield f"“{number}” is like the city’s number {row.city_reference}"
    filed = row.submitted_on
    if filed and any(
        (one.day.month, one.day.day) == (filed.month, filed.day)
        for one in dates(text, mail.arrived_at.date())
    ):
        yield f"It names {dates_and_amounts.day(filed)}, the day the request was filed"
    for person in dict.fromkeys([row.created_by, row.assigned_to]):
        if person is not None and _is_named(person.name, text):
            yield f"It names {person.name}, whose request it is"
    in_subject = words(row.subject)
    if likeness(in_subject, words(text)) >= LIKE_ENOUGH:
        shared = sorted(in_subject & words(text))[:4]
        yield f"It has words of the request’s subject ({', '.join(shared)})"


def _like_its_number(number: str, text: str) -> str:
    """A number that is the city's but for dashes, zeros and letters before it."""
    wanted = _bare(number)
    if len(wanted) < LEAST_NUMBER:
        return ""
    return next((one for one in sorted(numbers(text)) if _bare(one) == wanted), "")


def _bare(number: str) -> str:
    return "".join(part.lstrip("0") for part in re.split(r"\D+", number))


def _is_named(name: str, text: str) -> bool:
    family = name.rsplit(maxsplit=1)[-1] if name.split() else ""
    looked_for = family if len(family) >= LEAST_NAME else name
    return bool(looked_for) and bool(
        re.search(rf"(?<!\w){re.escape(looked_for)}(?!\w)", text, re.IGNORECASE)
    )
