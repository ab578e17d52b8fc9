"""The sweep: whatever is due is hurried, the longest due first, and one row stops no other."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from requests_app.delivery import outbox, tasks
from requests_app.models import Delivery, DeliveryState
from tests.factories import NOW, submitted

pytestmark = pytest.mark.django_db
S = DeliveryState


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[int]]:
    """What the sweep asked of the worker."""
    found: dict[str, list[int]] = {"deliver": [], "release": []}
    for name, ids in found.items():

        def note(arguments: tuple[int], *, expires: float, ids: list[int] = ids) -> None:
            assert expires > 0
            ids.extend(arguments)

        monkeypatch.setattr(getattr(tasks, name), "apply_async", note)
    return found


def queued(**fields: Any) -> Delivery:
    delivery = submitted(sent=False).deliveries.get()
    Delivery.objects.filter(pk=delivery.pk).update(**fields)
    return delivery


def claimed() -> Delivery:
    """By a worker, in the past."""
    taken = outbox.claim(queued().pk, at=NOW)
    assert taken is not None
    return taken


def test_due_letters_are_hurried_the_longest_due_first(asked: dict[str, list[int]]):
    now = timezone.now()
    second = queued(not_before=now - timedelta(minutes=1))
    first = queued(not_before=now - timedelta(minutes=2))
    queued(not_before=now + timedelta(minutes=2))

    tasks.sweep_outbox()

    assert asked == {"deliver": [first.pk, second.pk], "release": []}


def test_stuck_letters_are_released_each_by_a_task_of_its_own(asked: dict[str, list[int]]):
    now = timezone.now()
    past = now - timedelta(seconds=1)
    stuck, working = claimed(), claimed()
    Delivery.objects.filter(pk=stuck.pk).update(leased_until=past)
    Delivery.objects.filter(pk=working.pk).update(leased_until=now + timedelta(minutes=1))

    tasks.sweep_outbox()

    assert asked == {"deliver": [], "release": [stuck.pk]}
    tasks.release(stuck.pk)
    stuck.refresh_from_db()
    assert stuck.state == S.QUEUED


def test_claim_of_a_version_without_leases_is_released_too(asked: dict[str, list[int]]):
    stuck = claimed()
    Delivery.objects.filter(pk=stuck.pk).update(leased_until=None)

    tasks.sweep_outbox()

    assert asked["release"] == [stuck.pk]


def test_lease_that_is_renewed_in_time_is_kept(settings):
    settings.DELIVERY_LEASE_SECONDS = 60
    delivery, now = queued(), timezone.now()
    taken = outbox.claim(delivery.pk, at=now)
    assert taken is not None

    assert outbox.renew(taken, at=now + timedelta(seconds=50))

    assert outbox.release_stuck(at=now + timedelta(seconds=100)) == 0
    assert outbox.release_stuck(at=now + timedelta(seconds=111)) == 1


def test_slow_worker_that_marks_its_message_while_the_sweep_looks_keeps_it():
    """Else the sweep would queue again what the worker is just ending, and it would go twice."""
    delivery, now = queued(), timezone.now()
    taken = outbox.claim(delivery.pk, at=now)
    assert taken is not None
    later = now + timedelta(hours=1)
    [seen] = Delivery.objects.stuck(at=later)

    assert outbox.mark_handed(taken, at=later)
    outbox.release(seen, at=later)

    assert outbox.mark_sent(taken, at=later, answer="250 taken")
    delivery.refresh_from_db()
    assert delivery.state == S.SENT


def test_slow_worker_that_comes_to_its_mark_after_the_sweep_ends_no_message():
    delivery, now = queued(), timezone.now()
    taken = outbox.claim(delivery.pk, at=now)
    assert taken is not None
    later = now + timedelta(hours=1)

    assert outbox.release_stuck(at=later) == 1

    assert not outbox.mark_handed(taken, at=later)


def test_server_may_think_about_a_message_longer_than_a_worker_may_be_silent(settings):
    settings.DELIVERY_LEASE_SECONDS, settings.EMAIL_ANSWER_TIMEOUT = 60, 120
    delivery, now = queued(), timezone.now()
    taken = outbox.claim(delivery.pk, at=now)
    assert taken is not None
    outbox.mark_handed(taken, at=now)

    assert outbox.release_stuck(at=now + timedelta(seconds=170)) == 0
    assert outbox.release_stuck(at=now + timedelta(seconds=181)) == 1
    delivery.refresh_from_db()
    assert delivery.state == S.IN_DOUBT
