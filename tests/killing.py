"""Processes that end themselves with SIGKILL at a chosen place, for the tests of crashes."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from django.db import connection


def dies_at(owner: Any, name: str, *, nth: int, after: bool) -> None:
    """Put a function in that one's place which kills this process at its nth call."""
    real: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def mortal(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == nth and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        found = real(*args, **kwargs)
        if calls == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return found

    setattr(owner, name, mortal)


def start_child(act: Callable[[], object]) -> int:
    """Do it in a process of its own; its id."""
    connection.close()
    pid = os.fork()
    if pid == 0:
        try:
            act()
        finally:
            os._exit(0 if sys.exc_info()[0] is None else 1)
    return pid


def in_child(act: Callable[[], object]) -> int:
    """Do it in a process of its own; the signal it died of, 0 where it ended well, or 1."""
    _, status = os.waitpid(start_child(act), 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
