"""What a body requires a letter to it to say, where the desk does not know it yet."""

from cities.schema.filings.requirements import KnownFact
from cities.schema.offices import Route
from requests_app.letters.errors import LetterError
from requests_app.letters.facts.fact import Facts

_CONTACT = ("newsroom_address", "newsroom_email", "newsroom_phone")

# What is wanted, and where it is entered. The other facts of a checklist are in every letter, or a
# person writes them and ticks them.
_WANTED: dict[KnownFact, tuple[tuple[str, ...], str, str]] = {
    "contact": (
        _CONTACT,
        "how to reach us",
        "have an administrator enter the newsroom's address, e-mail or phone under Newsroom",
    ),
    "asked_on": (
        ("asked_on",),
        "the day the request was made",
        "file the request, or enter the day it was handed over",
    ),
    "violation_on": (
        ("violation_on",),
        "the day of what is challenged",
        "record the city's answer with its day on the request's page",
    ),
}


def check_needs(route: Route, known: Facts) -> None:
    """LetterError that says what is missing for this route, who requires it, and where to enter it.

    Of a court, counsel's own petition says it.
    """
    if route.is_court:
        return
    for requirement in route.requires:
        for fact in requirement.known_from if requirement.is_mandatory else ():
            if fact not in _WANTED:
                continue
            names, what, where = _WANTED[fact]
            if not any(name in known for name in names):
                raise LetterError(
                    f"The letter to the {route.body} must say {what} ({requirement.source}): "
                    f"{where}; then have the letter written again."
                )
