"""One request of each kind, told through the product's own actions in days before today.

`among` says how many of a thousand requests go that way: 150 of them are open. A story that began
`ago` days before today is copied to so many days before that (`spread`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO

from cities.schema.load import load_city
from requests_app.actions.drafts import discarding
from requests_app.actions.mail import incoming
from requests_app.actions.requests import (
    appeals,
    city_determinations,
    city_progress,
    ending,
    review,
    submission,
)
from requests_app.actions.sending import our_letters
from requests_app.bench.pages.newsroom import office_of
from requests_app.delivery import outbox
from requests_app.demo.storyteller import Teller
from requests_app.inbound.storing import keep
from requests_app.letters import Sending
from requests_app.models import AppealOutcome, CameBy, Channel
from requests_app.policy.rights import open_routes
from requests_app.reply_addresses import reply_address
from requests_app.storage.content import chunks_of

WORDS = "Inspection reports of the building department"
LAW = ("the public records law",)


@dataclass(frozen=True, slots=True)
class Story:
    """How a request went, how long ago it began, and how many of a thousand go that way."""

    tell: Callable[[Teller], None]
    among: int
    ago: int
    spread: int


def begin(teller: Teller, city: str, ago: int) -> Teller:
    return teller.begin(
        ago,
        city=city,
        kind="records",
        office=office_of(load_city(city)),
        subject=WORDS,
        what="every inspection report of that block, with the names of who inspected",
    )


# -- not yet filed --------------------------------------------------------------------------------
def drafted(teller: Teller) -> None:
    """Nobody went on with it."""


def in_review(teller: Teller) -> None:
    review.send_to_review(teller.request, **teller.when(2))


def approved(teller: Teller) -> None:
    in_review(teller)
    review.approve(teller.request, **teller.when(1))


def discarded(teller: Teller) -> None:
    discarding.discard(teller.request, **teller.when(700))


# -- filed, and the city's turn -------------------------------------------------------------------
def filed(teller: Teller) -> None:
    teller.submit(3)


def silent(teller: Teller) -> None:
    teller.submit(30)


def acknowledged(teller: Teller) -> None:
    teller.submit(13).answered(city_progress.acknowledge, 11, "We have your request.")


def extended(teller: Teller) -> None:
    teller.submit(20).answered(city_progress.acknowledge, 18, "We have your request.")
    teller.answered(city_progress.extend, 12, "We need more days.", ground="compile data")


# -- filed, and our turn --------------------------------------------------------------------------
def asked(teller: Teller) -> None:
    teller.submit(20).answered(city_progress.request_clarification, 15, "Which schools?")


def quoted(teller: Teller) -> None:
    teller.submit(20).answered(
        city_progress.estimate_fees, 12, "We estimate $180.00.", amount=Decimal("180.00")
    )


def wrote_to_us(teller: Teller) -> None:
    """A message of the city's that nobody has read."""
    teller.submit(16)
    message = EmailMessage()
    message["Date"] = format_datetime(teller.at(2, 9) - timedelta(minutes=2))
    message["Message-ID"] = f"<{teller.request.public_id}@clerk.example>"
    message["From"] = "City Clerk <clerk@city.example>"
    message["To"] = reply_address(teller.request)
    message["Subject"] = f"Re: {teller.request.subject}"
    message.set_content("We estimate the cost of these records at $42.50. Shall we proceed?")
    at = teller.at(2, 9)
    kept = keep(chunks_of(BytesIO(message.as_bytes())))
    mail, _ = incoming.store(kept, came_by=CameBy.PIPE, at=at)
    incoming.take_in(mail, at=at)


def came_back(teller: Teller) -> None:
    """The city's server knows no such mailbox."""
    to = Sending(Channel.EMAIL, "clerk@old-domain.example")
    delivery = submission.submit(teller.request, sending=to, **teller.when(3, 10))
    claimed = outbox.claim(delivery.pk, at=teller.at(3, 11))
    assert claimed is not None
    outbox.mark_failed(claimed, at=teller.at(3, 11), answer="550 5.1.1 no such mailbox")


def to_be_posted(teller: Teller) -> None:
    to = Sending(Channel.POST, "1 City Hall Square")
    submission.submit(teller.request, sending=to, **teller.when(3, 10))


# -- answered -------------------------------------------------------------------------------------
def granted(teller: Teller) -> None:
    teller.submit(25).answered(city_progress.acknowledge, 23, "We have your request.")
    teller.answered(city_determinations.grant, 10, "The records are enclosed.")


def denied(teller: Teller) -> None:
    teller.submit(25).answered(city_progress.acknowledge, 23, "We have your request.")
    teller.answered(city_determinations.deny, 10, "Exempt.", exemptions=LAW)


def granted_in_part(teller: Teller) -> None:
    teller.submit(25).answered(
        city_determinations.grant_in_part, 10, "Enclosed, redacted.", exemptions=LAW
    )


def without_records(teller: Teller) -> None:
    teller.submit(25).answered(city_determinations.find_no_records, 10, "We have none.")


def referred(teller: Teller) -> None:
    teller.submit(25).answered(
        city_determinations.refer, 10, "The schools keep them.", to="the Board of Education"
    )


def appealed(teller: Teller) -> None:
    teller.submit(60).answered(city_determinations.deny, 50, "Exempt.", exemptions=LAW)
    _appeal(teller, 40)


# -- over -----------------------------------------------------------------------------------------
def closed(teller: Teller) -> None:
    """As most of them go: acknowledged, extended, followed up, granted, closed."""
    teller.submit(90).answered(city_progress.acknowledge, 88, "We have your request.")
    teller.answered(city_progress.extend, 80, "We need more days.", ground="compile data")
    teller.write(our_letters.follow_up, 70, "Dear City Clerk:\n\nWhere does it stand?")
    teller.answered(city_determinations.grant, 60, "The records are enclosed.")
    ending.close(teller.request, on=teller.day(50), **teller.when(50))


def closed_after_denial(teller: Teller) -> None:
    teller.submit(90).answered(city_determinations.deny, 70, "Exempt.", exemptions=LAW)
    ending.close(teller.request, on=teller.day(60), **teller.when(60))


def closed_after_appeal(teller: Teller) -> None:
    teller.submit(200).answered(city_determinations.deny, 190, "Exempt.", exemptions=LAW)
    appeal = _appeal(teller, 180)
    decision = appeals.Decision(teller.day(120), AppealOutcome.REVERSED)
    appeals.decide(appeal, decision, **teller.when(120))
    teller.answered(city_determinations.grant, 110, "Enclosed, as ordered.")
    ending.close(teller.request, on=teller.day(100), **teller.when(100))


def withdrawn(teller: Teller) -> None:
    teller.submit(90)
    ending.withdraw(teller.request, on=teller.day(80), **teller.when(80))


def lapsed(teller: Teller) -> None:
    quoted(teller)
    ending.lapse(teller.request, on=teller.day(2), note="We did not pay.", **teller.when(2))


def _appeal(teller: Teller, ago: int) -> appeals.Appeal:
    """By the first route that the law opens that day."""
    options = open_routes(teller.request, on=teller.day(ago))
    return teller.appeal(options[0].route.slug, ago)


STORIES = (
    Story(drafted, 12, 2, 120),
    Story(in_review, 4, 3, 20),
    Story(approved, 2, 3, 20),
    Story(filed, 30, 4, 6),
    Story(silent, 24, 31, 150),
    Story(acknowledged, 20, 14, 60),
    Story(extended, 8, 21, 30),
    Story(asked, 8, 21, 90),
    Story(quoted, 6, 21, 90),
    Story(wrote_to_us, 4, 17, 30),
    Story(came_back, 1, 4, 10),
    Story(to_be_posted, 1, 4, 10),
    Story(granted, 6, 26, 60),
    Story(denied, 6, 26, 60),
    Story(referred, 2, 26, 60),
    Story(granted_in_part, 6, 26, 60),
    Story(without_records, 2, 26, 60),
    Story(appealed, 8, 61, 200),
    Story(closed, 560, 91, 600),
    Story(closed_after_denial, 130, 91, 600),
    Story(closed_after_appeal, 90, 201, 500),
    Story(withdrawn, 40, 91, 600),
    Story(lapsed, 10, 21, 600),
    Story(discarded, 20, 701, 60),
)
