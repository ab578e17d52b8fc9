"""Several who write to one security log at once, and a purge that cuts it meanwhile.

On PostgreSQL alone: SQLite lets one write at a time.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from requests_app.ledger.chains import verify
from requests_app.ledger.security import cutting
from requests_app.ledger.security.security_log import record, record_of_the_desk
from requests_app.models import (
    ChainEntry,
    ChainHead,
    Newsroom,
    SecurityEvent,
    SecurityLogCut,
    User,
)
from requests_app.vocabulary.security_kinds import SecurityKind
from tests.factories import NOW, member

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one at a time"),
]

TIMES = 20


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Each on a connection of its own, all beginning together; what failed."""
    barrier = Barrier(len(acts))

    def do(act: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=60)
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        done = [threads.submit(do, act) for act in acts]
    return [error for one in done if (error := one.exception())]


def name_of(newsroom: Newsroom | None) -> str:
    return f"security-{newsroom.pk if newsroom else 'desk'}"


def numbers_of(newsroom: Newsroom | None) -> list[int]:
    entries = ChainEntry.objects.filter(chain__name=name_of(newsroom)).order_by("number")
    return list(entries.values_list("number", flat=True))


def signs_in(person: User) -> Callable[[], None]:
    def act() -> None:
        for _ in range(TIMES):
            record(SecurityKind.SIGNED_IN, by=person, about=person)

    return act


def in_one_transaction(newsrooms: Sequence[Newsroom]) -> Callable[[], None]:
    def act() -> None:
        for _ in range(TIMES):
            with transaction.atomic():
                for newsroom in newsrooms:
                    record(SecurityKind.BACKUP_MADE, newsroom=newsroom, how="encrypted")

    return act


def test_two_who_write_at_once_make_one_chain() -> None:
    first = member()
    newsroom = first.membership.newsroom
    second = member(newsroom=newsroom)

    assert at_once(signs_in(first), signs_in(second)) == []

    assert SecurityEvent.objects.filter(newsroom=newsroom).count() == 2 * TIMES
    assert numbers_of(newsroom) == list(range(1, 2 * TIMES + 1))
    assert verify(name_of(newsroom)).is_whole


def test_the_desks_own_log_is_begun_once() -> None:
    """It has no head until its first entry: two make it at once."""

    def act() -> None:
        record(SecurityKind.SIGN_IN_FAILED, typed="a")

    assert at_once(*[act] * 6) == []

    assert ChainHead.objects.filter(name="security-desk").count() == 1
    assert numbers_of(None) == [1, 2, 3, 4, 5, 6]
    assert verify("security-desk").is_whole


def test_the_operators_acts_and_sign_ins_wait_for_each_other_and_end() -> None:
    """A command writes to each newsroom's log, while people of each write to theirs."""
    people = [member(), member()]
    newsrooms = sorted((one.membership.newsroom for one in people), key=lambda one: one.pk)

    def command() -> None:
        for _ in range(TIMES):
            with transaction.atomic():
                record_of_the_desk(SecurityKind.BACKUP_MADE, how="encrypted")

    writers = [signs_in(person) for person in people]
    assert at_once(command, in_one_transaction(newsrooms), *writers) == []

    for newsroom in newsrooms:
        assert numbers_of(newsroom) == list(range(1, 3 * TIMES + 1))
        assert verify(name_of(newsroom)).is_whole


def test_a_purge_cuts_while_others_write_and_verify(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "PORTION", 7)
    person = member()
    newsroom = person.membership.newsroom
    for _ in range(50):
        at = NOW - timedelta(days=4 * 365)
        record(SecurityKind.BACKUP_MADE, newsroom=newsroom, at=at, how="encrypted")
    log = ChainHead.objects.get(name=name_of(newsroom))
    gone, unsound = list[int](), list[object]()

    def purge() -> None:
        gone.append(cutting.cut(log, at=NOW, keep_days=1095))

    def look() -> None:
        for _ in range(TIMES):
            verdict = verify(name_of(newsroom))
            if verdict.finding:
                unsound.append(verdict.finding)

    assert at_once(purge, purge, signs_in(person), look) == []

    assert sum(gone) == 50
    assert unsound == []
    assert SecurityEvent.objects.filter(newsroom=newsroom).count() == TIMES
    length = 50 + TIMES + SecurityLogCut.objects.count()
    last_that_went = SecurityLogCut.objects.latest("number").number
    assert numbers_of(newsroom) == list(range(last_that_went + 1, length + 1))
    assert verify(name_of(newsroom)).is_whole
