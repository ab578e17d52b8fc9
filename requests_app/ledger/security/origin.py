"""From where the act comes that is being done: set by the edge, read by the log's writer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """The client's address, what its browser calls itself, the beginning of its session's hash.
    All empty for the worker and for commands."""

    address: str = ""
    device: str = ""
    session: str = ""


NOWHERE = Origin()
_origin: ContextVar[Callable[[], Origin]] = ContextVar("where an act comes from")


def origin() -> Origin:
    """Asked when an entry is written: a sign-in gives a session its key only then."""
    ask = _origin.get(None)
    return ask() if ask else NOWHERE


@contextmanager
def coming_from(ask: Callable[[], Origin]) -> Iterator[None]:
    token = _origin.set(ask)
    try:
        yield
    finally:
        _origin.reset(token)
