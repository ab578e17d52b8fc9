"""How long somebody waits after wrong passwords: longer each time, and never for another's sake.

Counted are tries from a device that is known for the account, by that device alone; all others by
the account and the address together, by the address, and by the account over all addresses. So a
stranger's flood delays the stranger; guesses from many addresses at once delay strangers to that
account. Each count is taken before the password is looked at, and given back where it was right:
many tries at the same moment are counted like many in a row.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from requests_app.accounts import known_devices
from requests_app.accounts.client_address import place_of
from requests_app.models import User

FORGOTTEN_AFTER = timedelta(hours=24).total_seconds()
FIRST_WAIT = 15  # seconds; doubled with each further wrong try


@dataclass(frozen=True, slots=True)
class Limit:
    """`free` wrong tries cost nothing; each after them a wait, of at most `longest` seconds."""

    name: str
    free: int
    longest: int

    def wait_after(self, wrong: int) -> int:
        return min(FIRST_WAIT << min(wrong - self.free - 1, 16), self.longest)


ON_A_KNOWN_DEVICE = Limit("device", free=10, longest=15 * 60)
FROM_ONE_ADDRESS_TO_ONE_ACCOUNT = Limit("account and address", free=5, longest=60 * 60)
FROM_ONE_ADDRESS = Limit("address", free=20, longest=60 * 60)
TO_ONE_ACCOUNT = Limit("account", free=50, longest=60)


class TooManyTries(Exception):  # not an error of the program
    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} seconds")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Counter:
    limit: Limit
    of: str

    @property
    def _key(self) -> str:
        return "sign-in:" + hashlib.sha256(f"{self.limit.name}:{self.of}".encode()).hexdigest()

    @property
    def _waiting(self) -> str:
        return f"{self._key}:until"

    def take(self) -> None:
        """Count one try. Raises TooManyTries, and counts none, while it must wait."""
        now = int(timezone.now().timestamp())
        cache.add(self._key, 0, FORGOTTEN_AFTER)
        wrong = cache.incr(self._key)
        cache.touch(self._key, FORGOTTEN_AFTER)
        if wrong <= self.limit.free:
            return
        wait = self.limit.wait_after(wrong)
        if not cache.add(self._waiting, now + wait, wait):
            cache.decr(self._key)
            raise TooManyTries(max(cache.get(self._waiting, now) - now, 1))

    def give_back(self) -> None:
        if cache.get(self._key, 0) > 0:
            cache.decr(self._key)
        cache.delete(self._waiting)


class Try:
    """One try to sign in: counted as it begins, and given back where the password was right."""

    def __init__(self, request: HttpRequest, email: str) -> None:
        self.counters: list[Counter] = []
        try:
            for counter in _counters(request, email.strip().lower()):
                counter.take()
                self.counters.append(counter)
        except TooManyTries:
            self._uncount()
            raise

    def was_right(self) -> None:
        self._uncount()

    def _uncount(self) -> None:
        for counter in self.counters:
            counter.give_back()


def _counters(request: HttpRequest, email: str) -> Iterable[Counter]:
    """The narrowest first: what it refuses does not count for the wider ones."""
    user = User.objects.filter(email__iexact=email).first()
    device = known_devices.device_of(request, user) if user else ""
    if device:
        return (Counter(ON_A_KNOWN_DEVICE, device),)
    place = place_of(request)
    return (
        Counter(FROM_ONE_ADDRESS_TO_ONE_ACCOUNT, f"{email} {place}"),
        Counter(FROM_ONE_ADDRESS, place),
        Counter(TO_ONE_ACCOUNT, email),
    )
