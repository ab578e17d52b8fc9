"""Which tables the database itself guards, and what of their rows may still change.

`ledger.triggers` makes triggers of it after every migrate. Rows of these tables are never
deleted or replaced, whoever asks: not by this program, not by hand in SQL.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """One model's table. Of its fields either those that `may_change` are named, or the `kept`.

    Where neither is named, a row is written once and nothing of it ever changes.
    """

    model: str
    may_change: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    known: tuple[str, ...] = ()  # fields that take no other value than one of their choices


PROTECTED_TABLES = (
    ProtectedTable("ChainEntry"),
    # It moves on with each entry, and is never another's.
    ProtectedTable("ChainHead", may_change=("length", "head", "takes_earlier_rows")),
    ProtectedTable("Event", known=("kind",)),
    ProtectedTable("SecurityEvent", known=("kind",)),
    ProtectedTable("Letter"),
    ProtectedTable("LetterEnclosure"),
    # To whom copies go stands; that a person gave one comes later.
    ProtectedTable("LetterCopy", may_change=("given_on", "given_by")),
    ProtectedTable("DraftVersion"),
    ProtectedTable("LetterWording"),
    # What an editor said stands; that it was seen to comes later.
    ProtectedTable("ReviewComment", may_change=("settled_at", "settled_by")),
    ProtectedTable("FilledForm"),
    ProtectedTable("Filing"),
    # What somebody makes of the words comes later, and a filing of mail can be taken out again.
    ProtectedTable(
        "Communication",
        may_change=("suggestions", "read_at", "read_by", "taken_out_at", "taken_out_by"),
    ),
    # A scanner or an admin learns more about a file; the file stays as it came.
    ProtectedTable("Attachment", may_change=("quarantined",)),
    ProtectedTable("MailFile", may_change=("quarantined",)),
    # How it came stands. What is read of its bytes, and where it belongs, follows from them.
    ProtectedTable(
        "InboundMail", kept=("id", "raw", "sha256", "size", "arrived_at", "came_by", "envelope_to")
    ),
    # By what somebody coded, what they coded, how it was settled: published figures rest on it.
    ProtectedTable("CodebookVersion"),
    ProtectedTable("SampleDraw"),
    ProtectedTable("Coding"),
    ProtectedTable("Resolution"),
    # What an editor approved stands; that it is offered no more comes later.
    ProtectedTable("OfferedDecision", may_change=("taken_back_at", "taken_back_by")),
)
