"""What the demonstration's newsroom is after: a module a city, and one for the newsroom itself."""

from datetime import datetime

from django.conf import settings

from requests_app.actions.newsroom import people
from requests_app.demo import practice_reminders
from requests_app.demo.cast import Cast
from requests_app.demo.stories import (
    concord,
    in_the_newsroom,
    kansas_city,
    mail_from_cities,
    our_letters,
    portland,
    published_datasets,
    stamford,
    stockton,
)
from requests_app.demo.storyteller import Teller

CHAPTERS = (
    stamford,
    stockton,
    concord,
    kansas_city,
    portland,
    our_letters,
    in_the_newsroom,
    mail_from_cities,
    published_datasets,
)


def tell_all(cast: Cast, *, now: datetime) -> None:
    """Every story, each told by the reporter of its desk."""

    def story(desk: str) -> Teller:
        return Teller(newsroom=cast.newsroom, by=cast.by_desk[desk], now=now)

    for chapter in CHAPTERS:
        chapter.tell(cast, story)
    practice_reminders.set_up(cast, now=now)
    people.change_settings(cast.newsroom, by=cast.admin, recall_minutes=settings.RECALL_MINUTES)
