"""What the demonstration's newsroom is after: a module a city, and one for the newsroom itself."""

from datetime import datetime

from requests_app.demo.people import Cast
from requests_app.demo.stories import (
    concord,
    in_the_newsroom,
    kansas_city,
    portland,
    stamford,
    stockton,
)
from requests_app.demo.teller import Teller

CHAPTERS = (stamford, stockton, concord, kansas_city, portland, in_the_newsroom)


def tell_all(cast: Cast, *, now: datetime) -> None:
    """Every story, each told by the reporter of its desk."""

    def story(desk: str) -> Teller:
        return Teller(newsroom=cast.newsroom, by=cast.by_desk[desk], now=now)

    for chapter in CHAPTERS:
        chapter.tell(cast, story)
