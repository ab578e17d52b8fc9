"""The cache of a desk without Redis: files, in which all of its processes count together."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

SWEPT_EVERY = 600.0  # seconds


class SharedFileCache(FileBasedCache):
    """Django's own, whose `add` and `incr` let two processes in at once: here one after another."""

    _swept_at = 0.0

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._createdir()  # type: ignore[attr-defined]
        with Path(self._dir, "lock").open("w") as lock:  # type: ignore[attr-defined]
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def add(
        self,
        key: Any,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        with self._alone():
            return bool(super().add(key, value, timeout, version))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """The value then lives as long as one without a time of its own: `touch` it."""
        with self._alone():
            return super().incr(key, delta, version)

    def _cull(self) -> None:
        """What has expired goes, now and then. Django's own looks through the folder before each
        value it keeps, and drops values at random, counts of wrong passwords among them."""
        if time.monotonic() - self._swept_at < SWEPT_EVERY:
            return
        self._swept_at = time.monotonic()
        for path in map(Path, self._list_cache_files()):  # type: ignore[attr-defined]
            try:
                with path.open("rb") as file:
                    self._is_expired(file)  # type: ignore[attr-defined]  # deletes it
            except FileNotFoundError:
                continue
