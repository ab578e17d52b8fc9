"""The triggers of one table on PostgreSQL, all of which call one function of its own.

The columns are named in the function's text and not in the triggers: PostgreSQL would refuse every
later change of a column that a trigger depends on.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from requests_app.ledger.triggers.table import Erasable, Table
from requests_app.models.guards.stated_cuts import A_YEAR_AGO

# How pg_trigger says it, in bits: for each row 1, before 2, insert 4, delete 8, update 16,
# truncate 32.
CHANGE = (1 + 2 + 8 + 16, "BEFORE UPDATE OR DELETE ON {} FOR EACH ROW")
TRUNCATE = (2 + 32, "BEFORE TRUNCATE ON {} FOR EACH STATEMENT")
# A day later than stated: the desk's clock and this one may differ.
A_YEAR_AGO_HERE = "now() - interval '364 days'"
INSERT = (1 + 2 + 4, "BEFORE INSERT ON {} FOR EACH ROW")

STANDING = """
SELECT t.tgname, c.relname, t.tgtype, t.tgenabled = 'O', p.proname, p.prosrc
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)
"""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger, as it is wanted or as it stands."""

    table: str
    type: int
    is_on: bool
    function: str
    body: str


Triggers = dict[str, Trigger]


def triggers_of(table: Table, connection: BaseDatabaseWrapper) -> Triggers:
    """The triggers that should stand on it, by their names."""
    wanted = {"stays": CHANGE, "is_not_emptied": TRUNCATE}
    if table.known or table.is_true:
        wanted["is_known"] = INSERT
    function, body = f"{table.name}_guard", _body(table)
    return {
        f"{table.name}_{name}": Trigger(table.name, bits, True, function, body)
        for name, (bits, _) in wanted.items()
    }


def standing(connection: BaseDatabaseWrapper) -> Triggers:
    """The triggers that do stand."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        return {name: Trigger(*rest) for name, *rest in cursor.fetchall()}


def put_up(triggers: Triggers, connection: BaseDatabaseWrapper) -> None:
    when = dict([CHANGE, TRUNCATE, INSERT])
    with connection.cursor() as cursor:
        for name, trigger in triggers.items():
            # No parameters at all: a % is PL/pgSQL's own.
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {trigger.function}() RETURNS trigger "
                f"LANGUAGE plpgsql AS $guard${trigger.body}$guard$"
            )
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {trigger.table}")
            cursor.execute(
                f"CREATE TRIGGER {name} {when[trigger.type].format(trigger.table)} "
                f"EXECUTE FUNCTION {trigger.function}()"
            )


def _body(table: Table) -> str:
    checks = "".join(
        f"  IF TG_OP = 'INSERT' AND NEW.\"{column}\" NOT IN ({_listed(values)}) THEN\n"
        f"    {_raise(table.refusal_of_value(column))}\n  END IF;\n"
        for column, values in table.known.items()
    )
    if table.is_true:
        checks += (
            "  IF TG_OP = 'INSERT' THEN\n"
            f"    IF NOT ({table.is_true.replace(A_YEAR_AGO, A_YEAR_AGO_HERE)}) THEN\n"
            f"    {_raise(table.refusal_of_untrue)}\n  END IF; END IF;\n"
        )
    update = _raise(table.refusal)
    if not table.is_frozen:
        update = f"IF {_all_same(table.fixed)} THEN RETURN NEW; END IF;\n    {update}"
    if table.erasable:
        update = f"IF {_erased(table)} THEN RETURN NEW; END IF;\n    {update}"
    behind = ""  # OLD is nothing while a table is emptied: asked in a step of its own
    if table.may_go:
        behind = (
            "  IF TG_OP = 'DELETE' THEN\n"
            f"    IF {table.may_go} THEN RETURN OLD; END IF;\n  END IF;\n"
        )
    return (
        f"\nBEGIN\n{checks}  IF TG_OP = 'INSERT' THEN RETURN NEW; END IF;\n"
        f"  IF TG_OP = 'UPDATE' THEN\n    {update}\n  END IF;\n"
        f"{behind}  {_raise(table.refusal_to_delete)}\nEND\n"
    )


def _all_same(columns: Iterable[str]) -> str:
    return " AND ".join(f'NEW."{one}" IS NOT DISTINCT FROM OLD."{one}"' for one in columns)


def _erased(table: Table) -> str:
    """That nothing changed but to the notice of an erasing that stands in a chain."""
    became = " AND ".join(_became_the_notice(one) for one in table.erasable)
    return (
        f"{_all_same(table.never_erased)} AND EXISTS (SELECT 1 "  # noqa: S608
        "FROM requests_app_erasedcontent e "
        'JOIN requests_app_chainentry c ON c."table" = \'erased\' AND c."row" = e.id '
        f'WHERE e."table" = \'{table.erased_as}\' AND e."row" = OLD.id AND {became})'
    )


def _became_the_notice(one: Erasable) -> str:
    old, new = f'OLD."{one.column}"', f'NEW."{one.column}"'
    if not one.keys:
        return f"({new} IS NOT DISTINCT FROM {old} OR {new} = e.notice)"
    rest = f"ARRAY[{_listed(one.keys)}]"
    keys = "".join(
        f" AND ({new}->'{key}' IS NOT DISTINCT FROM {old}->'{key}'"
        f" OR (jsonb_typeof({old}->'{key}') = 'string' AND {new}->>'{key}' = e.notice))"
        for key in one.keys
    )
    return f"({new} - {rest} = {old} - {rest}{keys})"


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _raise(refusal: str) -> str:
    return f"RAISE EXCEPTION '{refusal}' USING ERRCODE = 'check_violation';"
