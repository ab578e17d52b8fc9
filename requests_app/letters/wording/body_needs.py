"""What a body wants in a letter to it, where the desk does not know it yet."""

from cities.schema.offices import Need, Route
from requests_app.letters.errors import LetterError
from requests_app.letters.facts.fact import Facts

_CONTACT = ("newsroom_address", "newsroom_email", "newsroom_phone")

# What is wanted, and where it is entered.
_WANTED: dict[Need, tuple[tuple[str, ...], str, str]] = {
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
    """LetterError that says what is missing for this route, who wants it, and where to enter it."""
    for need in route.needs:
        names, what, where = _WANTED[need]
        if not any(name in known for name in names):
            source = route.form.source if route.form.is_stated else route.citation
            raise LetterError(
                f"The letter to the {route.body} must say {what} ({source}): {where}; then have "
                "the letter written again."
            )
