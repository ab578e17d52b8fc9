"""The digest that an erased row entered its chain with, if it is what its erasing left of it."""

from collections.abc import Mapping
from typing import Any

from requests_app.ledger.erasing import SHORT_NOTICE, notice_of
from requests_app.models import ErasedContent, EventKind
from requests_app.models.chain.chained_tables import ChainedTable, digest_of
from requests_app.models.guards.protected_tables import PROTECTED_TABLES

NOT_THE_NOTICE = "not the notice"
_KEYS = {(table.erased_as, column): keys for table in PROTECTED_TABLES
         for column, keys in table.erasable}  # fmt: skip


def digest_before_erasing(
    erased: ErasedContent, table: ChainedTable, model: Any, values: Mapping[str, Any]
) -> str:
    """NOT_THE_NOTICE where a column says something else, or anything else of the row was changed.

    A text that entered by its hash is computed by the hash that was kept: then all the rest of the
    row is held to what entered at first, and not only to what the erasing left.
    """
    if digest_of(table, model, values) != erased.after:
        return NOT_THE_NOTICE
    if not _is_a_notice(erased):
        return NOT_THE_NOTICE
    if not all(_says_the_notice(erased, column, values) for column in erased.columns):
        return NOT_THE_NOTICE
    if set(erased.columns) <= set(table.by_hash):
        kept = {column: erased.kept[column] for column in erased.columns}
        return digest_of(table, model, values, known_hashes=kept)
    return erased.before


def _is_a_notice(erased: ErasedContent) -> bool:
    """That it says what its own entry gives, and no words of somebody's own."""
    if erased.event.kind != EventKind.CONTENT_ERASED:
        return False
    return erased.notice in {SHORT_NOTICE, notice_of(erased.event)}


def _says_the_notice(erased: ErasedContent, column: str, values: Mapping[str, Any]) -> bool:
    keys = _KEYS.get((erased.table, column))
    if keys is None:
        return False
    said = values[column]
    if not keys:
        return bool(said == erased.notice)
    return all(said[key] in {"", erased.notice} for key in keys if isinstance(said.get(key), str))
