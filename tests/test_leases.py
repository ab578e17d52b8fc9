"""How long to wait: longer each time, never all at once, as long as the server asks."""

from datetime import timedelta

from requests_app.leases import MOST_STRETCH, WAITS, wait_after


def test_each_wait_is_longer_than_the_last_whatever_is_drawn():
    longest_before = timedelta(0)
    for attempts, wait in enumerate(WAITS, start=1):
        assert wait_after(attempts, stretch=0.0) == wait > longest_before
        longest_before = wait_after(attempts, stretch=1.0)
        assert longest_before == wait * (1 + MOST_STRETCH)


def test_what_failed_together_is_not_tried_again_together():
    assert len({wait_after(1) for _ in range(20)}) > 1


def test_after_the_last_wait_it_stays_as_long():
    assert wait_after(99, stretch=0.0) == WAITS[-1]


def test_the_server_may_ask_for_more():
    five = timedelta(minutes=5)

    assert wait_after(1, at_least=five, stretch=0.0) == five
    assert wait_after(5, at_least=five, stretch=0.0) == WAITS[4]
