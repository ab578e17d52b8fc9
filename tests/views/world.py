"""One newsroom with a thing of every kind, and everybody who may come to its door."""

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.actions.requests import appeals, city_determinations, submission
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.models import (
    Appeal,
    Attachment,
    Channel,
    Delivery,
    Letter,
    RecordsRequest,
    Role,
    User,
)
from tests import factories
from tests.factories import NOW, acting, member, said

ROLES = ("nobody", "reporter", "other", "researcher", "editor", "admin", "stranger")


@dataclass(frozen=True)
class World:
    people: dict[str, User | None]
    draft: RecordsRequest
    denied: RecordsRequest
    appeal: Appeal
    by_hand: Delivery
    letter: Letter
    attachment: Attachment

    @property
    def route(self) -> str:
        return "superior_court"


def build(name: str = "Rosa Delgado", mark: str = "") -> World:
    """`name` is the reporter's, who made everything; every subject ends with the mark."""
    reporter = member(name=name)
    newsroom = reporter.membership.newsroom
    people: dict[str, User | None] = {
        "nobody": None,
        "reporter": reporter,
        "other": member(newsroom=newsroom),
        "researcher": member(Role.RESEARCHER, newsroom),
        "editor": member(Role.EDITOR, newsroom),
        "admin": member(Role.ADMIN, newsroom),
        "stranger": member(Role.ADMIN),
    }
    denied = factories.submitted(reporter, subject=f"Use-of-force reports{mark}")
    file = SimpleUploadedFile("answer.html", b"<script>alert(1)</script>", "text/html")
    city_determinations.deny(denied, answer=said(text="No.", files=(file,)), **acting(denied))
    denied.refresh_from_db()
    posted = factories.draft(reporter, subject=f"Marina waiting list{mark}")
    by_hand = submission.submit(
        posted,
        by=Attribution(reporter, NOW),
        sending=Sending(Channel.POST, "888 Main Street\nStamford, CT 06901"),
    )
    return World(
        people=people,
        draft=factories.draft(reporter, subject=f"A draft{mark}"),
        denied=denied,
        appeal=appeals.draft(
            denied,
            route="foic",
            by=Attribution(reporter, NOW),
        ),
        by_hand=by_hand,
        letter=by_hand.letter,
        attachment=Attachment.objects.get(records_request=denied),
    )
