"""PostgreSQL's full text: a table of words for each index, kept in step by a trigger.

A text is put in as passages: PostgreSQL takes no more than a megabyte of words at once, and refuses
the whole row otherwise, which would lose a mail; and which words stand side by side it knows of the
first 16,383. What stands says by its comment from which statements it was made; where they differ
now, it is made again.
"""

from collections.abc import Iterator
from hashlib import sha256

from django.db.backends.base.base import BaseDatabaseWrapper

from requests_app.search.indexes import SearchIndex

# By these PostgreSQL joins words, into an address, a path or "2026-0012", or takes them for markup,
# which FTS5 does not: blanks are put in their place.
JOINING = "-_./@:<&+"
# In characters. Passages overlap, so that what stands across their edges is found.
PASSAGE, OVERLAP = 30_000, 300

# English endings are taken off, and no word is too common to be looked for: as FTS5 has it.
CONFIGURATION = (
    "CREATE TEXT SEARCH DICTIONARY desk_english_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION desk_english (COPY = english)",
    """ALTER TEXT SEARCH CONFIGURATION desk_english ALTER MAPPING FOR
       asciiword, word, asciihword, hword, hword_asciipart, hword_part WITH desk_english_stem""",
)


def install(connection: BaseDatabaseWrapper, indexes: list[SearchIndex]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_ts_config WHERE cfgname = 'desk_english'")
        if cursor.fetchone() is None:
            for statement in CONFIGURATION:
                cursor.execute(statement)
        for index in indexes:
            statements = tuple(_statements(index))
            mark = sha256("\n".join(statements).encode()).hexdigest()[:16]
            cursor.execute("SELECT obj_description(to_regclass(%s), 'pg_class')", [index.name])
            if cursor.fetchone() == (mark,):
                continue
            for statement in (*statements, f"COMMENT ON TABLE {index.name} IS '{mark}'"):
                cursor.execute(statement)


def _statements(index: SearchIndex) -> Iterator[str]:
    """The table, filled from the rows that are there, and the triggers that keep it so."""
    name, table = index.name, index.table
    yield f"DROP TABLE IF EXISTS {name}"
    yield f"CREATE TABLE {name} (row_id bigint NOT NULL, search tsvector NOT NULL)"
    yield _put_in(index, table)
    yield f"CREATE INDEX {name}_words ON {name} USING gin (search)"
    yield f"CREATE INDEX {name}_row ON {name} (row_id)"
    yield f"ANALYZE {name}"  # or the first searches are planned by guesses
    yield f"""
        CREATE OR REPLACE FUNCTION keep_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP <> 'INSERT' THEN
            DELETE FROM {name} WHERE row_id = OLD.id;
          END IF;
          IF TG_OP <> 'DELETE' THEN
            {_put_in(index, "(SELECT NEW.*)")};
          END IF;
          RETURN NULL;
        END $$"""  # noqa: S608  names of this package
    is_changed = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in index.columns)
    for trigger, when in (
        (f"{name}_kept", f"INSERT OR DELETE ON {table} FOR EACH ROW"),
        (f"{name}_changed", f"UPDATE ON {table} FOR EACH ROW WHEN ({is_changed})"),
    ):
        yield f"DROP TRIGGER IF EXISTS {trigger} ON {table}"
        yield f"CREATE TRIGGER {trigger} AFTER {when} EXECUTE FUNCTION keep_{name}()"


def _put_in(index: SearchIndex, rows: str) -> str:
    columns = [f"one.{column}" for column in index.columns]
    text = f"one.{index.columns[0]} ->> '{index.key}'" if index.key else " || ' ' || ".join(columns)
    where = f" WHERE one.{index.where}" if index.where else ""
    blanks = " " * len(JOINING)
    passage = f"translate(substr(said, first, {PASSAGE + OVERLAP}), '{JOINING}', '{blanks}')"
    return f"""
        INSERT INTO {index.name} SELECT id, to_tsvector('desk_english', {passage})
          FROM (SELECT one.id, {text} AS said FROM {rows} AS one{where}) AS texts,
               generate_series(1, length(said), {PASSAGE}) AS first"""  # noqa: S608
