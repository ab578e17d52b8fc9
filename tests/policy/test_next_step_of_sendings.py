"""The next step while a letter is on its way, or where it did not go."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from requests_app.models import Delivery
from requests_app.policy.next_step import Page
from tests.delivery_states import bounced, by_hand, failed, in_doubt, queued, recalled, sending
from tests.policy.steps import Step, step_of

pytestmark = pytest.mark.django_db


def again(title: str, text: str, label: str) -> Step:
    return Step(title, text, label, Page.RETRY, is_ours=True, is_post=True, verb="retry_delivery")


@pytest.mark.parametrize(
    ("put", "step"),
    [
        (
            by_hand,
            Step(
                "Hand over the letter",
                "The letter to City Clerk goes by post: somebody does it, then says on which day.",
                "Say when it went", Page.HAND_OVER, is_ours=True, verb="hand_over",
            ),
        ),
        (
            in_doubt,
            Step(
                "Did the letter arrive?",
                "The line broke with the letter to City Clerk half given. "
                "Find out whether it arrived.",
                "Settle the doubt", Page.DELIVERIES, is_ours=True,
            ),
        ),
        (
            recalled,
            again(
                "Send it, or withdraw",
                "The letter to City Clerk was recalled before it left: "
                "nobody has it, and no clock runs.",
                "Send it after all",
            ),
        ),
        (
            bounced,
            again(
                "Send it again",
                "The letter to City Clerk came back: 550 No such mailbox",
                "Try again",
            ),
        ),
        (
            failed,
            again(
                "Send it again",
                "The letter to City Clerk did not go: 550",
                "Try again",
            ),
        ),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)  # fmt: skip
def test_what_went_wrong_on_its_way_comes_first(put: Callable[[], Delivery], step: Step) -> None:
    delivery = put()

    assert step_of(delivery.records_request) == replace(step, number=delivery.pk)


@pytest.mark.parametrize(
    ("put", "text"),
    [
        (
            queued,
            "The letter to City Clerk leaves at 12:00 p.m., and can be recalled until then.",
        ),
        (sending, "The letter to City Clerk is being sent."),
    ],
)
def test_a_letter_that_is_about_to_leave_is_waited_for(
    put: Callable[[], Delivery], text: str
) -> None:
    delivery = put()

    assert step_of(delivery.records_request) == Step(
        "Wait until it leaves", text, "wait until it leaves"
    )
