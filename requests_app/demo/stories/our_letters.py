"""Letters of ours beside requests and appeals: narrowed, a waiver asked, thanks, a suit, an end."""

from datetime import timedelta
from decimal import Decimal

from requests_app.actions.requests import city_determinations, city_progress, ending
from requests_app.actions.sending import our_letters
from requests_app.demo.cast import Cast
from requests_app.demo.storyteller import Begin
from requests_app.models import LetterKind

CLERK = "city_clerk"


def tell(cast: Cast, story: Begin) -> None:
    _narrowed(story)
    _waiver_asked(story)
    _thanked(story)
    _suit_announced(story)
    _withdrawn(story)


def _narrowed(story: Begin) -> None:
    camera = story("metro").begin(
        15,
        city="us-ct/stamford",
        kind="records",
        office=CLERK,
        subject="Body-camera footage of downtown stops",
        what="all body-camera footage of stops downtown since January",
    )
    camera.submit(14).answered(city_progress.acknowledge, 12, "We have your request.")
    camera.answered(city_progress.request_clarification, 9, "That is 4,000 hours. Which stops?")
    asked = [
        "the log of body-camera recordings made downtown since January",
        "the footage of the three stops of March 14 listed in it",
    ]
    camera.letter(
        our_letters.narrow,
        LetterKind.NARROWING,
        8,
        entered={"narrowed": asked},
        answers_question=True,
    )


def _waiver_asked(story: Begin) -> None:
    towing = story("housing").begin(
        13,
        city="us-mo/kansas-city",
        kind="records",
        office="records_custodian",
        subject="Dangerous-building inspections",
        what="inspection reports of buildings on the dangerous-buildings list, 2024 to today",
    )
    towing.submit(12).answered(
        city_progress.estimate_fees, 6, "Search and copying.", amount=Decimal("410.00")
    )
    towing.letter(
        our_letters.request_fee_waiver,
        LetterKind.FEE_WAIVER_REQUEST,
        5,
        entered={"fee_waiver_ground": "The reports show which buildings people should not live in"},
    )


def _thanked(story: Begin) -> None:
    given = story("data").begin(
        24,
        city="us-ca/stockton",
        kind="records",
        office=CLERK,
        subject="Library opening hours, 2015–2025",
        what="the opening hours of each branch library, year by year",
    )
    given.submit(23).answered(city_determinations.grant, 9, "Attached.")
    given.letter(our_letters.thank, LetterKind.THANKS, 7)


def _suit_announced(story: Begin) -> None:
    refused = story("housing").begin(
        40,
        city="us-ca/concord",
        kind="records",
        office=CLERK,
        subject="Settlement agreements, 2022–2025",
        what="every settlement agreement of the city above $50,000 since 2022",
    )
    refused.submit(39).answered(
        city_determinations.deny,
        20,
        "These are privileged.",
        exemptions=["Cal. Gov. Code § 7927.705"],
    )
    refused.letter(
        our_letters.announce_suit,
        LetterKind.NOTICE_OF_SUIT,
        4,
        entered={"answer_by_on": refused.day(4) + timedelta(days=14)},
    )


def _withdrawn(story: Begin) -> None:
    dropped = story("data").begin(
        19,
        city="us-or/portland",
        kind="records",
        office="records_custodian",
        subject="Bridge-lift log",
        what="the log of bridge lifts of the last twelve months",
    )
    dropped.submit(18)
    dropped.letter(
        ending.withdraw_by_letter,
        LetterKind.WITHDRAWAL,
        11,
        entered={"reason": "The county, which lifts the bridges, has sent us the log"},
    )
