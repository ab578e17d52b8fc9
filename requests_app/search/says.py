"""The condition of a query that a row says the words, on either database."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func
from django.db.models.sql.compiler import SQLCompiler

from requests_app.search.indexes import SearchIndex
from requests_app.search.words import SearchWords

ASKED = "search @@ to_tsquery('desk_english', %s)"
# Where more rows than these say the words, the newest are found by looking from the newest on;
# where fewer do, by their keys. PostgreSQL itself cannot tell: it guesses how many words begin so.
FEW = 3_000


class Says(Func):
    """That a row of the index's table says the words; `of` is the field that has its key."""

    output_field = BooleanField()

    def __init__(
        self, index: SearchIndex, words: SearchWords, *, are_common: bool, of: str = "pk"
    ) -> None:
        super().__init__(F(of))
        self.index, self.words, self.are_common = index, words, are_common

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        keys = f"SELECT row_id FROM {self.index.name} WHERE {ASKED}"  # noqa: S608  our own names
        found = f"IN ({keys})" if self.are_common else f"= ANY(ARRAY({keys}))"
        return f"{self._key(compiler)} {found}", (self.words.for_postgresql,)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        name = self.index.name
        keys = f"SELECT rowid FROM {name} WHERE {name} MATCH %s"  # noqa: S608  our own names
        return f"{self._key(compiler)} IN ({keys})", (self.words.for_sqlite,)

    def of(self, field: str) -> "Says":
        """The same of the row that a field of another table names."""
        return Says(self.index, self.words, are_common=self.are_common, of=field)

    def _key(self, compiler: SQLCompiler) -> str:
        return compiler.compile(self.source_expressions[0])[0]


def says(index: SearchIndex, words: SearchWords) -> Says:
    return every_says([index], words)[index]


def every_says(indexes: Sequence[SearchIndex], words: SearchWords) -> dict[SearchIndex, Says]:
    """The condition for each index; at most one query, however many they are."""
    common = _common(indexes, words) if connection.vendor == "postgresql" else set()
    return {one: Says(one, words, are_common=one in common) for one in indexes}


def _common(indexes: Sequence[SearchIndex], words: SearchWords) -> set[SearchIndex]:
    """Those in which more than a few rows say the words. Counted of what is planned as a whole: for
    the few alone PostgreSQL would rather look through the table than into its index."""
    tables = ", ".join(
        f"{one.name}_said AS MATERIALIZED (SELECT 1 FROM {one.name} WHERE {ASKED})"  # noqa: S608
        for one in indexes
    )
    counts = ", ".join(
        f"(SELECT count(*) FROM (SELECT 1 FROM {one.name}_said LIMIT {FEW}) AS few)"  # noqa: S608
        for one in indexes
    )
    with connection.cursor() as cursor:
        asked = [words.for_postgresql] * len(indexes)
        cursor.execute(f"WITH {tables} SELECT {counts}", asked)
        counted = cursor.fetchone() or ()
    return {one for one, count in zip(indexes, counted, strict=True) if count == FEW}
