"""What every channel can say, and the three ways in which a server's answer can be bad."""

from typing import Protocol


class NotNow(Exception):
    """The server is away or said "later": nothing was given, and another try makes sense."""


class Never(Exception):
    """The server said no for good: nothing was given, and another try would be refused too."""


class Unknown(Exception):
    """The line broke after the message was given: the server may have it."""


class Dialogue(Protocol):
    """One conversation about one message. Each step raises NotNow, Never or Unknown."""

    def offer(self) -> None:
        """Say whom it is from and for. Nothing is given yet."""

    def give(self) -> str:
        """Give the message; the server's answer. Only here can a doubt arise."""

    def close(self) -> None:
        """End the conversation, whatever happened."""
