"""Which rows enter a newsroom's chain, and what of each is hashed.

What is hashed of a table never loses a field: `verify_ledger` computes it again from the rows. What
may change later (`models.guards`) is not part of it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import FileField, JSONField, Model

from requests_app.models.chain.canonical_bytes import canonical_bytes, hash_of

LEDGER, SECURITY = "ledger", "security"
DESK = "desk"  # what belongs to no newsroom


@dataclass(frozen=True, slots=True)
class ChainedTable:
    """One model's table: `fields` by their values, `by_hash` by the SHA-256 of theirs.

    `newsroom` is the way from a row to the newsroom in whose chain it stands; without one it
    enters the desk's own. `at` is the instant by which rows of several tables are put in order when
    they are chained for the first time.
    """

    name: str
    model: str
    fields: tuple[str, ...]
    at: str
    by_hash: tuple[str, ...] = ()
    newsroom: str = ""
    book: str = LEDGER
    is_also_the_desks: bool = False  # some rows are of no newsroom
    words: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.fields, *self.by_hash)


_OF_A_REQUEST, _OF_A_LETTER = "records_request__newsroom_id", "letter__records_request__newsroom_id"

CHAINED_TABLES = {
    table.name: table
    for table in (
        ChainedTable(
            name="event",
            model="Event",
            fields=(
                "id", "records_request_id", "appeal_id", "delivery_id", "kind", "on",
                "recorded_at", "by_id", "data", "strikes_id", "in_place_of_id",
            ),
            at="recorded_at",
            newsroom=_OF_A_REQUEST,
            words="event",
        ),
        ChainedTable(
            name="letter",
            model="Letter",
            fields=(
                "id", "records_request_id", "appeal_id", "kind", "subject", "template",
                "template_sha256", "facts", "departures", "sha256", "page_count", "dated_on",
                "answers_id", "issued_at", "issued_by_id",
            ),
            by_hash=("text", "pdf"),
            at="issued_at",
            newsroom=_OF_A_REQUEST,
            words="letter",
        ),
        ChainedTable(
            name="enclosure",
            model="LetterEnclosure",
            fields=("id", "letter_id", "attachment_id", "number", "title"),
            at="letter__issued_at",
            newsroom=_OF_A_LETTER,
            words="enclosure of a letter",
        ),
        ChainedTable(
            name="filing",
            model="Filing",
            fields=(
                "id", "letter_id", "document_id", "sha256", "page_count", "is_separate",
                "manifest", "made_at",
            ),
            at="made_at",
            newsroom=_OF_A_LETTER,
            words="filing",
        ),
        ChainedTable(
            name="communication",
            model="Communication",
            fields=(
                "id", "records_request_id", "appeal_id", "event_id", "direction", "channel", "on",
                "filed_at", "filed_by_id", "mail_id", "is_to_be_read",
            ),
            by_hash=("text",),
            at="filed_at",
            newsroom=_OF_A_REQUEST,
            words="communication",
        ),
        # A file enters by its hash alone: erased from the disk by law, the chain stays whole.
        ChainedTable(
            name="file",
            model="Attachment",
            fields=(
                "id", "records_request_id", "communication_id", "file", "name", "content_type",
                "size", "sha256", "is_enclosure", "added_at", "added_by_id",
            ),
            at="added_at",
            newsroom=_OF_A_REQUEST,
            words="file",
        ),
        # How it came, before anything of it was read: whose it is, nobody knows yet.
        ChainedTable(
            name="mail",
            model="InboundMail",
            fields=("id", "raw", "sha256", "size", "arrived_at", "came_by", "envelope_to"),
            at="arrived_at",
            words="message that came in",
        ),
        # That the bytes of such a message went after their time: see `actions.privacy.raw_mail`.
        ChainedTable(
            name="raw_removal",
            model="RawMailRemoval",
            fields=(
                "id", "mail_id", "at", "setting", "keep_days", "counted_from", "sha256", "size",
            ),
            at="at",
            words="removal of a message’s bytes",
        ),
        # What stands in the place of erased words: see `ledger.erasing`.
        ChainedTable(
            name="erased",
            model="ErasedContent",
            fields=(
                "id", "event_id", "table", "row", "notice", "columns", "kept", "before", "after",
            ),
            at="event__recorded_at",
            newsroom="event__records_request__newsroom_id",
            words="erasing",
        ),
        ChainedTable(
            name="security",
            model="SecurityEvent",
            fields=(
                "id", "newsroom_id", "at", "kind", "by_id", "about_id", "address", "device",
                "session", "facts",
            ),
            at="at",
            newsroom="newsroom_id",
            book=SECURITY,
            is_also_the_desks=True,
            words="entry of the security log",
        ),
        ChainedTable(
            name="cut",
            model="SecurityLogCut",
            fields=(
                "id", "newsroom_id", "at", "keep_days", "number", "entries", "newest_at", "head",
            ),
            at="at",
            newsroom="newsroom_id",
            book=SECURITY,
            is_also_the_desks=True,
            words="cut of the security log",
        ),
    )
}  # fmt: skip
_BY_MODEL = {table.model: table for table in CHAINED_TABLES.values()}


def table_of_model(model: type[Model]) -> ChainedTable:
    return _BY_MODEL[model._meta.object_name or ""]


def chain_name(book: str, newsroom_id: int | None) -> str:
    """ "ledger-3", "security-desk"."""
    return f"{book}-{DESK if newsroom_id is None else newsroom_id}"


def chain_of(row: Model) -> str:
    """The name of the chain in which a row stands."""
    table = table_of_model(type(row))
    if not table.newsroom:
        return chain_name(table.book, None)
    found: Any = row
    for step in table.newsroom.split("__"):
        found = getattr(found, step)
    return chain_name(table.book, found)


def digest_of_row(row: Model) -> str:
    """Of a row in memory, as it was saved."""
    table = table_of_model(type(row))
    values = {name: getattr(row, name) for name in table.columns}
    return digest_of(table, type(row), values)


def digest_of(
    table: ChainedTable,
    model: type[Model],
    values: Mapping[str, Any],
    *,
    known_hashes: Mapping[str, str] | None = None,
) -> str:
    """Of the values of its columns; `known_hashes` stand for texts that were erased. ValueError,
    TypeError or ValidationError where one of them is nothing that the desk writes."""
    known = known_hashes or {}
    content = {name: _value(model, name, values[name]) for name in table.fields}
    for name in table.by_hash:
        content[f"{name}_sha256"] = known.get(name) or hash_of(values[name])
    return sha256(canonical_bytes({"table": table.name, **content})).hexdigest()


def _value(model: type[Model], name: str, value: Any) -> Any:
    """As the database gives it back, whatever it was set to."""
    field: Any = model._meta.get_field(name)
    if value is None:
        return None
    if isinstance(field, JSONField):
        return json.loads(json.dumps(value, cls=field.encoder))
    if isinstance(field, FileField):
        return str(value)
    return field.to_python(value)
