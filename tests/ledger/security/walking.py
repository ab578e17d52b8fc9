"""Which kinds of entry a test writes by its act, and that it did."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from requests_app.models import SecurityEvent
from requests_app.vocabulary.security_kinds import SecurityKind
from tests.accounts.people import PASSWORD

WALKED: set[SecurityKind] = set()
NEVER_KEPT = (PASSWORD, "not it", "key-in-here")


@contextmanager
def entries() -> Iterator[list[SecurityEvent]]:
    """What is written within."""
    last = SecurityEvent.objects.order_by("pk").last()
    found: list[SecurityEvent] = []
    yield found
    found += SecurityEvent.objects.filter(pk__gt=last.pk if last else 0).order_by("pk")


def check(written: list[SecurityEvent], kind: SecurityKind) -> None:
    """An entry of that kind, whole, and no secret in any."""
    mine = [one for one in written if one.kind == kind]
    assert mine, [one.kind for one in written]
    assert all("(not kept)" not in one.sentence for one in mine)
    words = " ".join(f"{one.sentence} {one.facts}" for one in written)
    assert not [secret for secret in NEVER_KEPT if secret in words]


def walks(*kinds: SecurityKind) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The test does the act; that each of the kinds was written is found here."""

    def of(test: Callable[..., None]) -> Callable[..., None]:
        WALKED.update(kinds)

        @wraps(test)
        def walked(*args: Any, **given: Any) -> None:
            with entries() as written:
                test(*args, **given)
            for kind in kinds:
                check(written, kind)

        return walked

    return of
