"""A password is not made of the words that a stranger tries first at a records desk."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from cities.schema.load import all_cities
from requests_app.models import User

LEAST_REMAINING = 6
"""Characters that a password has beside the guessable words in it."""

OF_THE_FIELD = frozenset(
    {"records", "recordsdesk", "desk", "foia", "request", "public", "newsroom", "news", "press",
     "reporter", "editor", "admin", "clerk", "password", "welcome", "secret"}
)  # fmt: skip
SHORTEST_WORD = 4  # of a name: "of" in a newsroom's name gives nothing away


class NotOfGuessableWords:
    """One of Django's AUTH_PASSWORD_VALIDATORS: the field's words, the cities' and the newsroom's
    names are taken out, and what remains must still be worth guessing."""

    def validate(self, password: str, user: User | None = None) -> None:
        membership = getattr(user, "membership", None) if user and user.pk else None
        refuse_guessable(password, names=[membership.newsroom.name] if membership else [])

    def get_help_text(self) -> str:
        return "Not made of your newsroom’s name, a city’s, or words like “records” and “password”."


def refuse_guessable(password: str, *, names: Iterable[str] = ()) -> None:
    """ValidationError where fewer than `LEAST_REMAINING` characters are left beside those words."""
    words = OF_THE_FIELD | _words(names) | _words(city.name for city in all_cities())
    longest_first = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    remaining = re.sub(longest_first, "", password.casefold())
    if len(remaining) < LEAST_REMAINING:
        raise ValidationError(
            "This password is made of words that are tried first here: your newsroom’s name, a "
            "city’s, or words like “records” and “password”. Put other words in.",
            code="password_is_guessable",
        )


def _words(names: Iterable[str]) -> frozenset[str]:
    found = {word for name in names for word in re.findall(r"\w+", name.casefold())}
    return frozenset(word for word in found if len(word) >= SHORTEST_WORD)
