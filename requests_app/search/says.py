"""The condition of a query that a row says the words, on either database."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func
from django.db.models.sql.compiler import SQLCompiler

from requests_app.search.indexes import SearchIndex
from requests_app.search.words import SearchWords


class Says(Func):
    """That a row of the index's table says the words, as a condition of a query."""

    output_field = BooleanField()

    def __init__(self, index: SearchIndex, words: SearchWords) -> None:
        super().__init__(F("pk"))
        self.index, self.words = index, words

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, list[Any]]:
        asked = "search @@ to_tsquery('desk_english', %s)"
        found = f"SELECT row_id FROM {self.index.name} WHERE {asked}"  # noqa: S608  as below
        return f"{self._row(compiler)}.id IN ({found})", [self.words.for_postgresql]

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, list[Any]]:
        name = self.index.name
        found = f"SELECT rowid FROM {name} WHERE {name} MATCH %s"  # noqa: S608  this module's names
        return f"{self._row(compiler)}.id IN ({found})", [self.words.for_sqlite]

    def _row(self, compiler: SQLCompiler) -> str:
        """The table as this query calls it."""
        sql, _ = compiler.compile(self.source_expressions[0])
        return str(sql.rpartition(".")[0])
