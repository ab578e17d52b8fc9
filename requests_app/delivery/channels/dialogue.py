"""What every channel can say, and the three ways in which a server's answer can be bad."""

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Protocol


class NotNow(Exception):
    """The server is away or said "later": nothing was given, and another try makes sense.

    `at_least`: how long the server wants to be left alone.
    """

    def __init__(self, words: str, *, at_least: timedelta = timedelta(0)) -> None:
        super().__init__(words)
        self.at_least = at_least


class Never(Exception):
    """The server said no for good: nothing was given, and another try would be refused too."""


class Unknown(Exception):
    """The line broke after the message was given: the server may have it."""


class Dialogue(Protocol):
    """One conversation about one message. Each step raises NotNow, Never or Unknown."""

    @property
    def server(self) -> str:
        """The name by which the server greeted us."""

    @property
    def refused_copies(self) -> Collection[str]:
        """The addresses of copies that the server did not take."""

    def offer(self, *, still_ours: Callable[[], bool]) -> None:
        """Say whom it is from and for, and the message but for its end. Nothing is given yet.

        `still_ours` is asked now and then: where it says no, somebody else has taken over.
        """

    def give(self) -> str:
        """End the message; the server's answer. Only here can a doubt arise."""

    def close(self) -> None:
        """End the conversation, whatever happened."""
