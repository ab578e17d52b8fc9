"""A protected table as the triggers need it: columns and values read off its model."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, UniqueConstraint

from requests_app.models.guards.protected_tables import ProtectedTable
from requests_app.models.guards.stated_cuts import Condition

# Without these two nothing can be erased yet.
ERASED = {"requests_app_erasedcontent", "requests_app_chainentry"}


@dataclass(frozen=True, slots=True)
class Unique:
    """Columns whose values only one row may have, among those the condition holds for."""

    columns: tuple[str, ...]
    condition: Q | None = None


@dataclass(frozen=True, slots=True)
class Erasable:
    """A column that may become a notice; of a JSON object only those `keys`."""

    column: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`fixed` are the columns that never change; `is_frozen` where that is all of them. `may_go`
    and `is_true` are conditions in SQL, or empty. What is `erasable` of the fixed columns may
    become the notice under which `erased_as` names the table."""

    model: Any
    name: str
    columns: tuple[str, ...]
    fixed: tuple[str, ...]
    known: dict[str, tuple[str, ...]]
    uniques: tuple[Unique, ...]
    may_go: str = ""
    is_true: str = ""
    erased_as: str = ""
    erasable: tuple[Erasable, ...] = ()

    @property
    def never_erased(self) -> tuple[str, ...]:
        may = {one.column for one in self.erasable}
        return tuple(column for column in self.fixed if column not in may)

    @property
    def uniques_that_may_change(self) -> tuple[Unique, ...]:
        return tuple(u for u in self.uniques if u.condition or not set(u.columns) <= {*self.fixed})

    @property
    def is_frozen(self) -> bool:
        return self.fixed == self.columns

    @property
    def refusal(self) -> str:
        """What whoever tries reads in the database's error."""
        if self.is_frozen:
            return f"records desk: {self.name} is append-only"
        return f"records desk: in {self.name} these never change: {', '.join(self.fixed)}"

    @property
    def refusal_to_delete(self) -> str:
        return f"records desk: no row of {self.name} is ever deleted, it is append-only"

    @property
    def refusal_to_replace(self) -> str:
        return f"records desk: no row of {self.name} is ever replaced, it is append-only"

    @property
    def refusal_of_untrue(self) -> str:
        return f"records desk: {self.name} takes no row that states what is not so"

    def refusal_of_value(self, column: str) -> str:
        return f"records desk: {self.name} has no such {column}"


def table_of(declared: ProtectedTable, model: Any, there: Collection[str]) -> Table:
    """The table of that model, which may be one of an earlier migration's: then without fields
    that come later, and without conditions on tables that are not `there` yet."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    fixed = declared.kept or tuple(name for name in fields if name not in declared.may_change)
    return Table(
        model=model,
        name=model._meta.db_table,
        columns=tuple(sorted(field.column for field in fields.values())),
        fixed=tuple(sorted(fields[name].column for name in fixed if name in fields)),
        known={
            fields[name].column: tuple(value for value, _ in fields[name].flatchoices)
            for name in declared.known
        },
        uniques=_uniques_of(model),
        may_go=_where_it_can_be_asked(declared.may_go, there),
        is_true=_where_it_can_be_asked(declared.is_true, there),
        erased_as=declared.erased_as,
        erasable=tuple(
            Erasable(fields[name].column, keys)
            for name, keys in declared.erasable
            if set(there) >= ERASED
        ),
    )


def _where_it_can_be_asked(condition: Condition | None, there: Collection[str]) -> str:
    return condition.sql if condition and set(condition.tables) <= set(there) else ""


def _uniques_of(model: Any) -> tuple[Unique, ...]:
    column = {field.name: field.column for field in model._meta.concrete_fields}
    alone = [Unique((field.column,)) for field in model._meta.concrete_fields if field.unique]
    together = [
        Unique(tuple(column[name] for name in constraint.fields), constraint.condition)
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    return (*alone, *together)
