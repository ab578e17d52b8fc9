"""What a message becomes once it is read. Everything is frozen; nothing here touches a database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What sort of mail it is. Only the first three may hold an answer."""

    PERSON = "person"
    NOTICE = "notice"  # written by a records portal's machine for somebody: it may hold an answer
    CALENDAR = "calendar"  # an invitation; its text may still say something
    LIST = "list"  # to everybody on a mailing list
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"  # a letter of ours was not delivered
    DELIVERY_REPORT = "delivery_report"  # delivered, delayed, relayed, displayed
    OURS = "ours"  # our own mail that came back to us; see `actions.mail.own_mail`
    UNREADABLE = "unreadable"  # kept as it came; nothing is known of it

    @property
    def may_answer(self) -> bool:
        return self in (Kind.PERSON, Kind.NOTICE, Kind.CALENDAR)


class Origin(StrEnum):
    """How a file came with the message."""

    ATTACHMENT = "attachment"
    TNEF = "tnef"  # out of a winmail.dat
    UUENCODE = "uuencode"  # out of the text
    NESTED = "nested"  # a whole message within the message


class Source(Protocol):
    """Where a file's bytes are; decoded each time they are asked for, never kept."""

    def chunks(self) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox. `address` is in lower case, and empty when what stands there is none."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class File:
    """A file that came along. Its bytes stay in the raw message until they are asked for."""

    name: str
    declared_type: str
    true_type: str  # by its first bytes; the declared one where those say nothing
    size: int  # in bytes, decoded
    sha256: str  # of the decoded bytes
    is_inline: bool
    content_id: str
    origin: Origin
    source: Source = field(repr=False, compare=False)

    @property
    def content(self) -> bytes:
        """The whole of it, decoded anew: keep it no longer than you must."""
        return b"".join(self.source.chunks())

    def chunks(self) -> Iterator[bytes]:
        """The same in pieces of about a megabyte, for writing to disk."""
        return self.source.chunks()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a letter at one recipient, as a report says."""

    recipient: str
    action: str  # failed, delayed, delivered, relayed, expanded, displayed, …
    status: str  # such as 5.1.1, or empty
    diagnostic: str
    final_recipient: str = ""  # where an alias or a forwarding led, if the report says so


@dataclass(frozen=True, slots=True)
class Report:
    """A delivery or disposition report. The first outcome is the gravest."""

    outcomes: tuple[Outcome, ...]
    reporter: str  # the server that reports
    original_message_id: str  # with its angle brackets, or empty
    original_subject: str
    original_to: tuple[str, ...]
    envelope_id: str
    is_standard: bool  # RFC 3464 or 8098; otherwise read from the words of a bounce
    named_ids: tuple[str, ...] = ()  # every Message-ID in it, of its copies too
    named_addresses: tuple[str, ...] = ()  # in lower case

    @property
    def recipient(self) -> str:
        return self.outcomes[0].recipient if self.outcomes else ""

    @property
    def action(self) -> str:
        return self.outcomes[0].action if self.outcomes else ""

    @property
    def status(self) -> str:
        return self.outcomes[0].status if self.outcomes else ""

    @property
    def diagnostic(self) -> str:
        return self.outcomes[0].diagnostic if self.outcomes else ""


@dataclass(frozen=True, slots=True)
class Mail:
    """One message, read. No string holds a NUL or a lone surrogate; only texts hold newlines."""

    message_id: str  # with its angle brackets; empty when there is none
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    from_name: str
    from_address: str
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    delivered_to: tuple[Address, ...]  # Delivered-To, X-Original-To and their kind
    return_path: str | None  # "" is the null sender <>; None: no such header
    subject: str
    sent_at: datetime | None  # aware
    text: str  # the best readable body, quotes and all
    text_without_quotes: str  # what the sender wrote this time
    html: str  # cleaned; empty when the message has none
    files: tuple[File, ...]
    nested: tuple["Mail", ...]
    kind: Kind
    kind_reason: str
    is_receipt: bool  # an automatic "we have your request", which means something
    portal: str  # the records portal it came through, such as "NextRequest", or empty
    report: Report | None
    faults: tuple[str, ...]  # what was wrong with the message, in sentences
    content_key: str  # the same for the same message, whichever way it came

    @property
    def recipients(self) -> tuple[Address, ...]:
        """Everybody it was for, where our reply address may stand."""
        return (*self.delivered_to, *self.to, *self.cc)
