"""Models whose rows enter a chain as they are written, whoever writes them."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models, transaction

from requests_app.models.chain.appending import append

Row = TypeVar("Row", bound=models.Model)


class ChainedQuerySet(models.QuerySet[Row]):
    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        """Each enters in the order given. What is there already cannot be passed over or changed:
        nothing would say which of them entered."""
        if options.get("ignore_conflicts") or options.get("update_conflicts"):
            raise TypeError("rows that enter a chain are written anew, each of them")
        with transaction.atomic(savepoint=False):
            rows = super().bulk_create(objs, *args, **options)
            append(rows)
        return rows


class Chained(models.Model):
    """A row enters its chain when it is first saved, in one transaction."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            super().save(*args, **kwargs)
            return
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)
            append([self])
