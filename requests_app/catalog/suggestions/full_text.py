"""The database's own full-text search: PostgreSQL's weights A to D with GIN, SQLite's FTS5.

Both are given terms and no words, so that neither stems or stops anything by itself and both find
the same datasets. The migration makes the column `search` and the table `catalog_search`.
"""

from collections.abc import Iterable, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from requests_app.models import IndexedDataset

TABLE = "requests_app_indexeddataset"
FIND_ON_POSTGRESQL = f"""
SELECT dataset_id FROM {TABLE}, to_tsquery('simple', %s) AS asked
 WHERE portal_id = %s AND search @@ asked
 ORDER BY ts_rank('{{0.1, 0.3, 0.5, 1.0}}', search, asked) DESC, dataset_id LIMIT %s
"""  # noqa: S608  constants of this module
FIND_ON_SQLITE = f"""
SELECT dataset_id FROM catalog_search
  JOIN {TABLE} ON dataset_id = catalog_search.rowid
 WHERE catalog_search MATCH %s AND portal_id = %s
 ORDER BY bm25(catalog_search, 10.0, 5.0, 3.0, 1.0), dataset_id LIMIT %s
"""  # noqa: S608  constants of this module


def find(
    connection: BaseDatabaseWrapper, portal_id: int, terms: Sequence[str], *, most: int
) -> list[int]:
    """Keys of the datasets that have any of the terms, the nearest first."""
    if not terms:
        return []
    is_postgresql = connection.vendor == "postgresql"
    asked = " | ".join(terms) if is_postgresql else " OR ".join(f'"{term}"' for term in terms)
    sql = FIND_ON_POSTGRESQL if is_postgresql else FIND_ON_SQLITE
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked, portal_id, most])
        return [key for (key,) in cursor.fetchall()]


def remember(connection: BaseDatabaseWrapper, rows: Iterable[IndexedDataset]) -> None:
    """On SQLite the texts stand in a table of their own."""
    if connection.vendor == "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO catalog_search (rowid, title_terms, keyword_terms, column_terms,"
            " description_terms) VALUES (%s, %s, %s, %s, %s)",
            [
                (
                    row.pk, row.title_terms, row.keyword_terms, row.column_terms,
                    row.description_terms,
                )
                for row in rows
            ],
        )  # fmt: skip


def forget(connection: BaseDatabaseWrapper, keys: Iterable[int]) -> None:
    if connection.vendor == "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM catalog_search WHERE rowid = %s", [(key,) for key in keys])
