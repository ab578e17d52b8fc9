"""No more a minute to one host than it should get, and nobody waits for ever."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from requests_app.actions.requests import submission
from requests_app.delivery import outbox, pace
from requests_app.delivery.send import send
from requests_app.ledger.attribution import Attribution
from requests_app.models import Delivery, DeliveryState
from tests.delivery.smtp_server import Script, smtp_server
from tests.factories import BY_EMAIL, NOW, draft

pytestmark = pytest.mark.django_db
HOST = "stamford.example"
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("per_minute", [1, 2, 6, 30, 60])
def test_never_more_than_that_many_in_any_minute(settings, per_minute: int):
    settings.MAIL_PER_HOST_PER_MINUTE = per_minute

    turns = [pace.take_turn(HOST, at=NOW) for _ in range(3 * per_minute + 5)]

    for start in turns:
        assert sum(start <= turn < start + MINUTE for turn in turns) <= per_minute
    assert turns == sorted(turns)
    # And not much less: three minutes' worth goes within four.
    assert turns[3 * per_minute - 1] - NOW <= 4 * MINUTE


def test_a_few_go_at_once(settings):
    settings.MAIL_PER_HOST_PER_MINUTE = 30

    turns = [pace.take_turn(HOST, at=NOW) for _ in range(6)]

    assert Counter(turns)[NOW] == 5


def test_hosts_do_not_wait_for_each_other(settings):
    settings.MAIL_PER_HOST_PER_MINUTE = 1
    pace.take_turn(HOST, at=NOW)

    assert pace.take_turn(HOST, at=NOW) > NOW
    assert pace.take_turn("portland.example", at=NOW) == NOW


def test_none_is_no_limit(settings):
    settings.MAIL_PER_HOST_PER_MINUTE = 0

    assert {pace.take_turn(HOST, at=NOW) for _ in range(100)} == {NOW}


def test_turn_of_a_night_ago_is_none_any_more(settings):
    settings.SWEEP_SECONDS = 10

    assert pace.is_still_good(NOW, at=NOW + timedelta(seconds=15))
    assert not pace.is_still_good(NOW, at=NOW + timedelta(hours=8))
    assert not pace.is_still_good(NOW, at=NOW - timedelta(seconds=1))
    assert not pace.is_still_good(None, at=NOW)


def queued(count: int) -> list[Delivery]:
    by = draft().created_by
    return [
        submission.submit(draft(by), by=Attribution(by, NOW), sending=BY_EMAIL)
        for _ in range(count)
    ]


def test_limited_letter_waits_its_turn_and_then_goes(settings):
    settings.MAIL_PER_HOST_PER_MINUTE = 1
    first, second = queued(2)
    clock = [NOW]

    def now() -> datetime:
        return clock[0]

    with smtp_server(settings, Script()) as server:
        send(first.pk, now=now)
        send(second.pk, now=now)
        second.refresh_from_db()
        assert (second.state, second.attempts) == (DeliveryState.QUEUED, 0)
        assert second.waits_its_turn
        assert MINUTE <= second.not_before - NOW <= MINUTE + timedelta(seconds=1)
        assert outbox.claim(second.pk, at=NOW + timedelta(seconds=59)) is None

        clock[0] = second.not_before
        send(second.pk, now=now)

    second.refresh_from_db()
    assert second.state == DeliveryState.SENT
    assert len(server.messages) == 2
