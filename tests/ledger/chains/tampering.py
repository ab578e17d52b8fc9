"""Changes that somebody with the database's password could make, the triggers being off."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Field

from requests_app.models import ChainEntry, ChainHead, SecurityLogCut
from requests_app.models.chain.chained_tables import (
    CHAINED_TABLES,
    SECURITY,
    ChainedTable,
    digest_of,
)
from requests_app.models.chain.hash_chain import first_hash, linked


class NothingDoneError(Exception):
    """What was drawn cannot be done here: another is drawn."""


class _BackError(Exception):
    """Rolls a tampering back."""


def sql(statement: str, *parameters: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


@contextmanager
def triggers_off() -> Iterator[None]:
    """For what is done within, and undone when it ends."""
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                sql("SET LOCAL session_replication_role = replica")
            else:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                    names = [name for (name,) in cursor.fetchall()]
                for name in names:
                    sql(f"DROP TRIGGER {name}")
            yield
            raise _BackError
    except _BackError:
        pass


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in words; `in_full` where every trace in the database was rewritten, so that
    a head kept elsewhere alone can show it."""

    words: str
    in_full: bool = False


@dataclass
class Tamperer:
    chance: Random

    def tamper(self) -> Done:
        """One of the ways, drawn at random. What the database itself refuses is drawn anew."""
        ways: list[Callable[[], Done]] = [
            self.update_a_column, self.update_a_column, self.update_a_column,
            self.delete_a_row, self.delete_a_row_and_its_entry, self.delete_an_entry,
            self.insert_a_row, self.insert_an_entry, self.swap_two_rows, self.swap_two_entries,
            self.cut_the_tail, self.cut_the_tail_and_the_head, self.drop_the_chain,
            self.edit_a_hash_with_its_row, self.write_the_rest_anew, self.edit_an_entry,
            self.edit_the_head,
        ]  # fmt: skip
        while True:
            try:
                with transaction.atomic():
                    return self.chance.choice(ways)()
            except (DatabaseError, NothingDoneError):
                continue

    # -- what is drawn --
    def _entry(self) -> ChainEntry:
        return self.chance.choice(list(ChainEntry.objects.select_related("chain").order_by("pk")))

    def _chain(self) -> ChainHead:
        return self.chance.choice(list(ChainHead.objects.filter(length__gt=1).order_by("pk")))

    def _row(self) -> tuple[ChainedTable, Any, int]:
        entry = self._entry()
        table = CHAINED_TABLES[entry.table]
        return table, apps.get_model("requests_app", table.model), entry.row

    def _another(self, field: Any, old: Any) -> Any:
        if field.null and old is not None and self.chance.random() < 0.2:
            return None
        kind = field.get_internal_type()
        if field.is_relation or "Integer" in kind or "AutoField" in kind:
            return (old or 0) + self.chance.randint(1, 5)
        if kind == "JSONField":
            changed = json.loads(json.dumps(old))
            if isinstance(changed, dict):
                return {**changed, "tampered": self.chance.randint(1, 9)}
            return [*(changed or []), self.chance.random()]
        if kind == "BooleanField":
            return not old
        if kind == "BinaryField":
            return bytes(old or b"") + b"x"
        if kind == "DateTimeField":
            return (old or datetime.now().astimezone()) + timedelta(microseconds=1)
        if kind == "DateField":
            return (old or date(2026, 1, 1)) + timedelta(days=self.chance.choice([-1, 1, 365]))
        return str(old or "") + self.chance.choice([" ", "x", "́"])

    def _update(self) -> tuple[ChainedTable, Any, int, str]:
        table, model, key = self._row()
        name = self.chance.choice(table.columns)
        field: Field[Any, Any] = model._meta.get_field(name)
        old = model._base_manager.filter(pk=key).values_list(name, flat=True).get()
        new = self._another(field, old)
        value = field.get_db_prep_value(new, connection)
        changed = sql(
            f'UPDATE {model._meta.db_table} SET "{field.column}" = %s WHERE id = %s', value, key
        )
        # PostgreSQL takes spaces behind a full column, and leaves them off.
        left = model._base_manager.filter(pk=new if name == "id" else key)
        now = left.values_list(name, flat=True).get()
        if not changed or now == old:
            raise NothingDoneError
        return table, model, key, name

    # -- the ways --
    def update_a_column(self) -> Done:
        table, _, key, name = self._update()
        return Done(f"changed {name} of {table.name} {key}")

    def delete_a_row(self) -> Done:
        table, model, key = self._row()
        sql(f"DELETE FROM {model._meta.db_table} WHERE id = %s", key)
        return Done(f"deleted {table.name} {key}")

    def delete_a_row_and_its_entry(self) -> Done:
        entry = self._entry()
        model = apps.get_model("requests_app", CHAINED_TABLES[entry.table].model)
        sql(f"DELETE FROM {model._meta.db_table} WHERE id = %s", entry.row)
        sql("DELETE FROM requests_app_chainentry WHERE id = %s", entry.pk)
        return Done(f"deleted {entry.table} {entry.row} and its entry")

    def delete_an_entry(self) -> Done:
        entry = self._entry()
        sql("DELETE FROM requests_app_chainentry WHERE id = %s", entry.pk)
        return Done(f"deleted entry {entry.number} of {entry.chain.name}")

    def insert_a_row(self) -> Done:
        table, model, key = self._row()
        columns = [f'"{f.column}"' for f in model._meta.concrete_fields if f.column != "id"]
        listed = ", ".join(columns)
        sql(
            f"INSERT INTO {model._meta.db_table} (id, {listed}) "
            f"SELECT 700000, {listed} FROM {model._meta.db_table} WHERE id = %s",
            key,
        )
        return Done(f"inserted a copy of {table.name} {key}")

    def insert_an_entry(self) -> Done:
        head = self._chain()
        sql(
            'INSERT INTO requests_app_chainentry (chain_id, number, "table", "row", digest, hash) '
            "VALUES (%s, %s, 'event', %s, %s, %s)",
            head.pk, head.length + self.chance.randint(1, 2), 700000, "0" * 64, head.head,
        )  # fmt: skip
        return Done(f"inserted an entry into {head.name}")

    def swap_two_rows(self) -> Done:
        table, model, key = self._row()
        others = ChainEntry.objects.filter(table=table.name).exclude(row=key)
        found = list(others.order_by("pk").values_list("row", flat=True))
        if not found:
            raise NothingDoneError
        other = self.chance.choice(found)
        name = model._meta.db_table
        for old, new in ((key, -1), (other, key), (-1, other)):
            sql(f"UPDATE {name} SET id = %s WHERE id = %s", new, old)
        return Done(f"swapped {table.name} {key} and {other}")

    def swap_two_entries(self) -> Done:
        head = self._chain()
        there = list(head.entries.order_by("number").values_list("number", flat=True))
        one, two = self.chance.sample(there, 2)
        for old, new in ((one, 800000), (two, one), (800000, two)):
            sql(
                "UPDATE requests_app_chainentry SET number = %s "
                "WHERE chain_id = %s AND number = %s",
                new, head.pk, old,
            )  # fmt: skip
        return Done(f"swapped entries {one} and {two} of {head.name}")

    def _cut(self, head: ChainHead, *, after: int, rows: bool) -> None:
        for entry in head.entries.filter(number__gt=after):
            model = apps.get_model("requests_app", CHAINED_TABLES[entry.table].model)
            if rows:
                sql(f"DELETE FROM {model._meta.db_table} WHERE id = %s", entry.row)
        sql(
            "DELETE FROM requests_app_chainentry WHERE chain_id = %s AND number > %s",
            head.pk, after,
        )  # fmt: skip

    def cut_the_tail(self) -> Done:
        head = self._chain()
        after = self.chance.randrange(head.length)
        self._cut(head, after=after, rows=True)
        return Done(f"cut {head.name} after {after}")

    def cut_the_tail_and_the_head(self) -> Done:
        head = self._chain()
        after = self.chance.randrange(head.length)
        self._cut(head, after=after, rows=True)
        last = head.entries.filter(number=after).first()
        sql(
            "UPDATE requests_app_chainhead SET length = %s, head = %s WHERE id = %s",
            after, last.hash if last else first_hash(head.name), head.pk,
        )  # fmt: skip
        return Done(f"cut {head.name} after {after} and set its head", in_full=True)

    def drop_the_chain(self) -> Done:
        head = self._chain()
        with_rows = self.chance.random() < 0.5
        self._cut(head, after=0, rows=with_rows)
        begins_anew = self.chance.random() < 0.5
        if begins_anew:
            sql(
                "UPDATE requests_app_chainhead SET length = 0, head = %s WHERE id = %s",
                first_hash(head.name), head.pk,
            )  # fmt: skip
        else:
            sql("DELETE FROM requests_app_chainhead WHERE id = %s", head.pk)
        hidden = with_rows and (begins_anew or head.newsroom_id is None)
        return Done(f"dropped {head.name}, rows {with_rows}", in_full=hidden)

    def edit_a_hash_with_its_row(self) -> Done:
        """The row, the digest and the hash of its entry agree again; the next does not."""
        table, _, key, name = self._update()
        entry = ChainEntry.objects.filter(table=table.name, row=key).select_related("chain").get()
        self._recompute(entry.chain, entry.number, only=True)
        return Done(f"changed {name} of {table.name} {key} and its entry")

    def write_the_rest_anew(self) -> Done:
        """From there on everything, the stored head too."""
        table, _, key, name = self._update()
        entry = ChainEntry.objects.filter(table=table.name, row=key).select_related("chain").get()
        self._recompute(entry.chain, entry.number, only=False)
        return Done(f"changed {name} of {table.name} {key} and all after it", in_full=True)

    def edit_an_entry(self) -> Done:
        entry = self._entry()
        column, value = self.chance.choice(
            [("hash", "0" * 64), ("digest", "f" * 64), ("number", entry.number + 500000),
             ("row", entry.row + 500000), ("table", "nothing")]
        )  # fmt: skip
        sql(f'UPDATE requests_app_chainentry SET "{column}" = %s WHERE id = %s', value, entry.pk)
        return Done(f"set {column} of entry {entry.number} of {entry.chain.name}")

    def edit_the_head(self) -> Done:
        head = self._chain()
        column, value = self.chance.choice(
            [("length", head.length + 1), ("length", head.length - 1), ("head", "a" * 64)]
        )
        sql(f"UPDATE requests_app_chainhead SET {column} = %s WHERE id = %s", value, head.pk)
        return Done(f"set {column} of {head.name}")

    def _hash_before(self, head: ChainHead, number: int) -> str:
        if before := head.entries.filter(number=number - 1).first():
            return before.hash
        is_cut = head.book == SECURITY and number > 1
        cuts = SecurityLogCut.objects.filter(newsroom=head.newsroom_id)
        return cuts.latest("number").head if is_cut else first_hash(head.name)

    def _recompute(self, head: ChainHead, number: int, *, only: bool) -> None:
        previous = self._hash_before(head, number)
        for entry in head.entries.filter(number__gte=number).order_by("number"):
            table = CHAINED_TABLES[entry.table]
            model = apps.get_model("requests_app", table.model)
            rows = model._base_manager.filter(pk=entry.row).values(*table.columns)
            if not (values := rows.first()):
                raise NothingDoneError
            digest = digest_of(table, model, values)
            previous = linked(previous, entry.number, entry.table, entry.row, digest)
            sql(
                "UPDATE requests_app_chainentry SET digest = %s, hash = %s WHERE id = %s",
                digest, previous, entry.pk,
            )  # fmt: skip
            if only:
                return
        sql("UPDATE requests_app_chainhead SET head = %s WHERE id = %s", previous, head.pk)
