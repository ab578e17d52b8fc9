"""A request's next step with the words under its title, to compare as one."""

from dataclasses import asdict, dataclass
from datetime import date

from requests_app.models import Headline, RecordsRequest, User
from requests_app.policy.next_step import Page, Seen, next_step
from requests_app.policy.step_words import why
from tests.factories import TODAY


@dataclass(frozen=True)
class Step:
    """A step and the words under its title."""

    title: str
    text: str
    label: str = ""
    page: Page | None = None
    act: str = ""
    number: int | None = None
    is_ours: bool = False
    is_post: bool = False
    verb: str = ""


def step_of(request: RecordsRequest, user: User | None = None, *, on: date = TODAY) -> Step:
    """To its owner, unless somebody else looks."""
    standing = Headline.objects.filter(records_request=request, from_on__lte=on, until_on__gte=on)
    seen = Seen(request, on, standing.first())
    return Step(text=why(seen), **asdict(next_step(seen, user or request.owner)))
