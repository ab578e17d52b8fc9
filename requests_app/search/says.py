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
    """That a row of the index's table says the words."""

    output_field = BooleanField()

    def __init__(self, index: SearchIndex, words: SearchWords, *, are_common: bool) -> None:
        super().__init__(F("pk"))
        self.index, self.words, self.are_common = index, words, are_common

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, list[Any]]:
        keys = f"SELECT row_id FROM {self.index.name} WHERE {ASKED}"  # noqa: S608  our own names
        found = f"IN ({keys})" if self.are_common else f"= ANY(ARRAY({keys}))"
        return f"{self._row(compiler)}.id {found}", [self.words.for_postgresql]

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, list[Any]]:
        name = self.index.name
        keys = f"SELECT rowid FROM {name} WHERE {name} MATCH %s"  # noqa: S608  our own names
        return f"{self._row(compiler)}.id IN ({keys})", [self.words.for_sqlite]

    def _row(self, compiler: SQLCompiler) -> str:
        """The table as this query calls it."""
        sql, _ = compiler.compile(self.source_expressions[0])
        return str(sql.rpartition(".")[0])


def says(index: SearchIndex, words: SearchWords) -> Says:
    return every_says([index], words)[index]


def every_says(indexes: Sequence[SearchIndex], words: SearchWords) -> dict[SearchIndex, Says]:
    """The condition for each index; at most one query, however many they are."""
    common = _common(indexes, words) if connection.vendor == "postgresql" else set()
    return {one: Says(one, words, are_common=one in common) for one in indexes}


def _common(indexes: Sequence[SearchIndex], words: SearchWords) -> set[SearchIndex]:
    """Those in which more than a few rows say the words."""
    counts = ", ".join(
        f"(SELECT count(*) FROM (SELECT FROM {one.name} WHERE {ASKED} LIMIT {FEW}) AS found)"  # noqa: S608
        for one in indexes
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}", [words.for_postgresql] * len(indexes))
        counted = cursor.fetchone() or ()
    return {one for one, count in zip(indexes, counted, strict=True) if count == FEW}
