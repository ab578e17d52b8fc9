"""How a letter goes, and on which day it was handed over."""

import pytest

from requests_app.letters import Sending
from requests_app.models import Channel
from tests.factories import TODAY

BY_HAND = [Channel.POST, Channel.IN_PERSON, Channel.PORTAL, Channel.PHONE]


@pytest.mark.parametrize("channel", BY_HAND)
def test_day_of_handing_over_is_that_of_the_person_who_did_it(channel: Channel) -> None:
    assert Sending(channel, "x", handed_over_on=TODAY).day_by_hand == TODAY
    assert Sending(channel, "x").day_by_hand is None


def test_email_is_handed_over_by_nobody() -> None:
    assert Sending(Channel.EMAIL, "x@y.example", handed_over_on=TODAY).day_by_hand is None
