"""The words of protected rows give way to a notice, and their digests stay in a chain.

The one writer of `ErasedContent`. Nothing is overwritten that is not, before, what was entered: an
erasing never covers up an earlier change.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from requests_app.models import ChainEntry, ErasedContent, Event
from requests_app.models.chain.canonical_bytes import hash_of
from requests_app.models.chain.chained_tables import CHAINED_TABLES, digest_of_row
from requests_app.models.guards.protected_tables import PROTECTED_TABLES, ProtectedTable
from requests_app.vocabulary.dates_and_amounts import short_day
from requests_app.vocabulary.erasure_grounds import ErasureGround

SHORT_NOTICE = "[erased]"  # for a name or a word within a sentence
BEGINNING = "[Erased by law on"

_BY_MODEL = {table.model: table for table in PROTECTED_TABLES}


def notice_of(event: Event) -> str:
    """What stands in place of a message's words, by the entry that says that they were erased."""
    ground = ErasureGround(event.data["ground"])
    return (
        f"{BEGINNING} {short_day(event.on)}: {ground.words}. The SHA-256 of what stood here "
        "is kept; the ledger says by whom.]"
    )


def is_notice(text: str) -> bool:
    """Whether a text is one, or was typed to look like one: for pages alone."""
    return text.startswith(BEGINNING)


class ChangedBeforeError(Exception):
    """A row is not what entered its chain, or never entered it."""


def erase_words(row: models.Model, *, event: Event, is_whole: bool = False) -> None:
    """Put a notice in place of what of that row may be erased: the long one where it is a whole
    text, which counts as erased though it be empty. Nothing where there is nothing else, or where
    it was erased before. Raises ChangedBeforeError.

    `event` is the entry of the ledger by which it is erased.
    """
    notice = notice_of(event) if is_whole else SHORT_NOTICE
    table = _BY_MODEL[type(row).__name__]
    changed, kept = _without_words(row, table, notice)
    if changed or is_whole:
        _write(row, table, event=event, notice=notice, changed=changed, kept=kept)


def erase_file(row: models.Model, *, event: Event, sha256: str, name_too: bool = True) -> None:
    """The same of a file's row; what its bytes hash to is kept. The bytes are the caller's."""
    table = _BY_MODEL[type(row).__name__]
    changed, kept = _without_words(row, table, SHORT_NOTICE) if name_too else ({}, {})
    _write(
        row, table, event=event, notice=SHORT_NOTICE, changed=changed,
        kept={**kept, "file": sha256},
    )  # fmt: skip


def erased_rows(table: str, rows: Iterable[int]) -> dict[int, ErasedContent]:
    """Those of a table that were erased, by their keys."""
    found = ErasedContent.objects.filter(table=table, row__in=list(rows)).select_related("event")
    return {one.row: one for one in found}


def _write(
    row: models.Model,
    table: ProtectedTable,
    *,
    event: Event,
    notice: str,
    changed: Mapping[str, Any],
    kept: Mapping[str, str],
) -> None:
    name = table.erased_as
    if ErasedContent.objects.filter(table=name, row=row.pk).exists():
        return
    before = _digest_before(row, name)
    for column, value in changed.items():
        setattr(row, column, value)
    ErasedContent.objects.create(
        event=event,
        table=name,
        row=row.pk,
        notice=notice,
        columns=sorted(changed),
        kept=dict(kept),
        before=before,
        after=digest_of_row(row) if before else "",
    )
    if changed:
        # Past the models' own refusals: the database itself lets through this notice alone.
        models.QuerySet(type(row)).filter(pk=row.pk).update(**changed)


def _digest_before(row: models.Model, name: str) -> str:
    """As it entered its chain, computed again from the row; empty for what is in no chain."""
    if name not in CHAINED_TABLES:
        return ""
    entered = ChainEntry.objects.filter(table=name, row=row.pk).values_list("digest", flat=True)
    digest = digest_of_row(row)
    if entered.first() != digest:
        raise ChangedBeforeError(f"{name} {row.pk}")
    return digest


def _without_words(
    row: models.Model, table: ProtectedTable, notice: str
) -> tuple[dict[str, Any], dict[str, str]]:
    """The columns that change, with what they say then; the hashes of the texts that entered the
    chain by theirs. A name's is not kept: whoever guesses it would know it."""
    entered = CHAINED_TABLES.get(table.erased_as)
    by_hash = entered.by_hash if entered else ()
    changed: dict[str, Any] = {}
    kept: dict[str, str] = {}
    for column, keys in table.erasable:
        value = getattr(row, column)
        if keys:
            said = {key for key in keys if isinstance(value.get(key), str) and value[key]}
            if said:
                changed[column] = {**value, **dict.fromkeys(said, notice)}
        elif value:
            changed[column] = notice
            if column in by_hash:
                kept[column] = hash_of(value)
    return changed, kept
