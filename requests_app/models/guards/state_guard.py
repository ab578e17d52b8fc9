"""The state of a request or an appeal changes by transitions alone, and those in `actions` alone.

A transition that a view called would leave no event; an update in bulk would pass the guards as
well. Both are refused here while the program runs, whatever the names in the source are.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models

from requests_app.models.guards.refresh_guarded import ReadAgain

Row = TypeVar("Row", bound=models.Model)
_may_change: ContextVar[bool] = ContextVar("whether a state may change", default=False)


class StateIsGuardedError(Exception):
    """Somebody tried to change a state past the actions."""


@contextmanager
def state_may_change() -> Iterator[None]:
    """For `actions.transitions`, which writes the event; and for benches that fill tables."""
    token = _may_change.set(True)
    try:
        yield
    finally:
        _may_change.reset(token)


def check_state_may_change(what: str) -> None:
    """Raises StateIsGuardedError where nobody allowed it."""
    if not _may_change.get():
        raise StateIsGuardedError(
            f"{what} would change a state without its event: call the verb in `actions` for it, "
            "which calls `actions.transitions`."
        )


class GuardedQuerySet(models.QuerySet[Row]):
    """Rows whose state no bulk operation changes."""

    def update(self, **fields: Any) -> int:
        if "state" in fields:
            check_state_may_change("update()")
        return super().update(**fields)

    def bulk_update(
        self, objs: Iterable[Row], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        fields = list(fields)
        if "state" in fields:
            check_state_may_change("bulk_update()")
        return super().bulk_update(objs, fields, batch_size)

    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        objs = list(objs)
        if any(_begins_elsewhere(row) for row in objs) or "state" in _updated(options):
            check_state_may_change("bulk_create()")
        return super().bulk_create(objs, *args, **options)


class GuardedState(ReadAgain):
    """A new row begins where every row begins."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        if _begins_elsewhere(self):
            check_state_may_change("save()")
        super().save(*args, **kwargs)


def _begins_elsewhere(row: Any) -> bool:
    return bool(row._state.adding and row.state != row._meta.get_field("state").get_default())


def _updated(options: dict[str, Any]) -> Collection[str]:
    return options.get("update_fields") or ()
