"""How a letter goes: said once by whoever sends it, and taken whole by everything below."""

from dataclasses import dataclass
from datetime import date, time

from requests_app.models import Channel
from requests_app.vocabulary import dates_and_amounts
from requests_app.vocabulary.copy_ways import CopyWay


@dataclass(frozen=True, slots=True)
class FoundAddress:
    """Where and when somebody found an address that they enter; the newsroom keeps it with it."""

    source: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Copy:
    """Who else has a letter, how it reaches them and where; by which rule of the pack, and why."""

    name: str  # as it stands after "cc:"
    way: CopyWay
    to: str = ""
    rule: str = ""  # empty: somebody of the newsroom added it
    why: str = ""
    is_required: bool = False

    @property
    def is_by_hand(self) -> bool:
        return self.way is CopyWay.BY_HAND

    @property
    def how(self) -> str:
        """How it reaches them, in words, with the address where there is one."""
        address = ", ".join(dates_and_amounts.address_lines(self.to)) if self.to else ""
        return f"{self.way.label}{f', {address}' if address else ''}"

    @classmethod
    def by_email(cls, address: str) -> "Copy":
        """For an address that somebody typed."""
        return cls(address, CopyWay.WITH_THE_MAIL, address)


@dataclass(frozen=True, slots=True)
class Sending:
    """By which channel a letter goes, and to which address of the channel's kind.

    `handed_over_on` and `confirmation`, such as a tracking number, are of a letter that a person
    has handed over already. `copies`: who has one too; None leaves that to the city's pack.
    """

    channel: Channel
    to: str = ""
    handed_over_on: date | None = None
    confirmation: str = ""
    found: FoundAddress | None = None
    handed_over_at: time | None = None  # on the city's clock, where somebody says it
    copies: tuple[Copy, ...] | None = None

    @property
    def day_by_hand(self) -> date | None:
        """The day of handing over where that is known. E-mail has none: the desk sends it."""
        return self.handed_over_on if self.channel.is_by_hand else None
