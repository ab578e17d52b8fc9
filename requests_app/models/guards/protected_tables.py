"""Which tables the database itself guards, and what of their rows may still change.

`ledger.triggers` makes triggers of it after every migrate. Rows of these tables are never
deleted or replaced, whoever asks: not by this program, not by hand in SQL. What the security log
lets go of after its time goes behind a cut that is stated before.
"""

from dataclasses import dataclass

from requests_app.models.guards.stated_cuts import (
    CUT_IS_TRUE,
    ENTRY_IS_BEHIND_A_CUT,
    Condition,
    row_is_behind_a_cut,
)
from requests_app.models.guards.true_removals import REMOVAL_IS_TRUE


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """One model's table. Of its fields either those that `may_change` are named, or the `kept`.

    Where neither is named, a row is written once and nothing of it ever changes. But for what is
    erased by law: each of the `erasable` fields, or of a JSON object the keys that are named with
    it, may become the notice of an `ErasedContent` whose `table` is `erased_as`, once that stands
    in a chain.
    """

    model: str
    may_change: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    known: tuple[str, ...] = ()  # fields that take no other value than one of their choices
    may_go: Condition | None = None  # of a row: when it may be deleted after all
    is_true: Condition | None = None  # of a new row: without it, it is refused
    # What may be erased: see `erasable`.
    erased_as: str = ""
    erasable: tuple[tuple[str, tuple[str, ...]], ...] = ()


# Of an entry's particulars: what somebody wrote to us, or what was typed of it.
WORDS_OF_A_MESSAGE = ("answer", "from", "note", "reason", "subject", "text")

PROTECTED_TABLES = (
    ProtectedTable("ChainEntry", may_go=ENTRY_IS_BEHIND_A_CUT),
    # It moves on with each entry, and is never another's.
    ProtectedTable("ChainHead", may_change=("length", "head", "takes_earlier_rows")),
    ProtectedTable(
        "Event", known=("kind",), erased_as="event", erasable=(("data", WORDS_OF_A_MESSAGE),)
    ),
    # Its entries name the files that somebody opened.
    ProtectedTable(
        "SecurityEvent",
        known=("kind",),
        may_go=row_is_behind_a_cut("security"),
        erased_as="security",
        erasable=(("facts", ("name",)),),
    ),
    ProtectedTable("SecurityLogCut", may_go=row_is_behind_a_cut("cut"), is_true=CUT_IS_TRUE),
    ProtectedTable("ErasedContent"),
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
        erased_as="communication",
        erasable=(("text", ()),),
    ),
    # A scanner or an admin learns more about a file; the file stays as it came.
    ProtectedTable(
        "Attachment", may_change=("quarantined",), erased_as="file", erasable=(("name", ()),)
    ),
    # What an archive says that it holds is read of its bytes.
    ProtectedTable(
        "MailFile",
        may_change=("quarantined", "listing"),
        erased_as="mail_file",
        erasable=(("name", ()),),
    ),
    # How it came stands. What is read of its bytes, and where it belongs, follows from them.
    ProtectedTable(
        "InboundMail",
        kept=("id", "raw", "sha256", "size", "arrived_at", "came_by", "envelope_to"),
        erased_as="mail",
    ),
    # That a message's bytes went stands; that the disk lost them comes later.
    ProtectedTable("RawMailRemoval", may_change=("removed_at",), is_true=REMOVAL_IS_TRUE),
    # By what somebody coded, what they coded, how it was settled: published figures rest on it.
    ProtectedTable("CodebookVersion"),
    ProtectedTable("SampleDraw"),
    ProtectedTable("Coding"),
    ProtectedTable("Resolution"),
    # What an editor approved stands; that it is offered no more comes later.
    ProtectedTable("OfferedDecision", may_change=("taken_back_at", "taken_back_by")),
)
