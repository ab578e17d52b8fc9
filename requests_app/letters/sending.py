"""How a letter goes: said once by whoever sends it, and taken whole by everything below."""

from dataclasses import dataclass
from datetime import date, time

from requests_app.models import Channel


@dataclass(frozen=True, slots=True)
class FoundAddress:
    """Where and when somebody found an address that they enter; the newsroom keeps it with it."""

    source: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Sending:
    """By which channel a letter goes, and to which address of the channel's kind.

    `handed_over_on` and `confirmation`, such as a tracking number, are of a letter that a person
    has handed over already. `copies` are e-mail addresses that are to have it too.
    """

    channel: Channel
    to: str = ""
    handed_over_on: date | None = None
    confirmation: str = ""
    found: FoundAddress | None = None
    handed_over_at: time | None = None  # on the city's clock, where somebody says it
    copies: tuple[str, ...] = ()

    @property
    def day_by_hand(self) -> date | None:
        """The day of handing over where that is known. E-mail has none: the desk sends it."""
        return self.handed_over_on if self.channel.is_by_hand else None
