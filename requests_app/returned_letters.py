"""Which letter of ours a report is of, and whether it proves what it says. Pure.

The strongest first: the return path it came to, which is the letter's own and which nobody else
knows; a return path that it quotes, or the Message-ID. These two stand in a letter that anybody may
have been shown, so they count only where the report names whom the letter was sent to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol, Self

from requests_app.return_paths import tokens_in


class TiedBy(IntEnum):
    """By what a report is known to be of a letter; the greater the stronger."""

    MESSAGE_ID = 1
    QUOTED_RETURN_PATH = 2
    RETURN_PATH = 3


class Named(Protocol):
    """What a letter goes under: a sending, or what it went under before."""

    @property
    def message_id(self) -> str: ...

    @property
    def return_token(self) -> str: ...


@dataclass(frozen=True, slots=True)
class ReportedLetter:
    """What a report names of the letter it is about."""

    came_to: frozenset[str]  # tokens of return paths
    quoted: frozenset[str]  # tokens
    message_ids: tuple[str, ...]
    failed: frozenset[str]  # addresses in lower case; none where it names none
    is_standard: bool  # else its addresses were found among its words

    @classmethod
    def of(cls, report: Mapping[str, Any] | None, recipients: Iterable[str]) -> Self:
        """Of a report as `InboundMail.report` has it, that came to these addresses."""
        said = report or {}
        ids = (said.get("original_message_id", ""), *said.get("ids", ()))
        failed = said.get("failed") or [said.get("recipient", "")]
        failed = [*failed, *said.get("finally", ())]
        return cls(
            came_to=tokens_in(recipients),
            quoted=tokens_in(said.get("addresses", ())),
            message_ids=tuple(dict.fromkeys(i for i in ids if i)),
            failed=frozenset(one.strip().lower() for one in failed if one),
            is_standard=said.get("is_standard", True),
        )

    @property
    def tokens(self) -> frozenset[str]:
        return self.came_to | self.quoted

    def tied_to(self, letter: Named) -> TiedBy | None:
        if letter.return_token in self.came_to:
            return TiedBy.RETURN_PATH
        if letter.return_token in self.quoted:
            return TiedBy.QUOTED_RETURN_PATH
        return TiedBy.MESSAGE_ID if letter.message_id in self.message_ids else None

    def proves(self, tied_by: TiedBy, sent_to: Iterable[str]) -> bool:
        """Whether it may move the letter by itself. A report that has failed for somebody to whom
        the letter was not sent, as where the office's mailbox forwards it, never may."""
        if self.failed & {address.strip().lower() for address in sent_to}:
            return True
        return tied_by == TiedBy.RETURN_PATH and not (self.failed and self.is_standard)
