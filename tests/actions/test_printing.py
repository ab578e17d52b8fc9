"""Letters posted together: each is an act of its own."""

from datetime import timedelta

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.requests import submission
from requests_app.actions.sending import printing
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.models import Channel, Delivery, DeliveryState, EventKind
from tests.factories import NOW, TODAY, draft, member

pytestmark = pytest.mark.django_db


def waiting(subject: str = "Towing", **moved: timedelta) -> Delivery:
    request = draft(member(), subject=subject)
    at = NOW - moved.get("ago", timedelta(0))
    return submission.submit(
        request,
        by=Attribution(request.created_by, at),
        sending=Sending(Channel.POST, "888 Main Street\nStamford, CT 06901"),
    )


def test_letters_are_posted_in_one_step_each_with_its_event() -> None:
    deliveries = [waiting("Towing"), waiting("Parking")]

    done = printing.post_all(
        deliveries,
        on=TODAY,
        by=Attribution(deliveries[0].created_by, NOW),
    )

    assert [one.problem for one in done] == ["", ""]
    for delivery in deliveries:
        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.SENT
        assert delivery.events.filter(kind=EventKind.SENT, on=TODAY).count() == 1


def test_one_that_cannot_be_posted_hurts_no_other_and_says_why() -> None:
    old, new = waiting(ago=timedelta(days=5)), waiting()
    day = TODAY - timedelta(days=3)

    done = printing.post_all(
        [new, old],
        on=day,
        by=Attribution(old.created_by, NOW),
    )

    assert "the letter was issued" in done[0].problem
    assert done[1].problem == ""
    new.refresh_from_db()
    old.refresh_from_db()
    assert (new.state, old.state) == (DeliveryState.BY_HAND, DeliveryState.SENT)


def test_posting_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="at least one letter"):
        printing.post_all(
            [],
            on=TODAY,
            by=Attribution(member(), NOW),
        )
