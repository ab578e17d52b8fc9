"""Reading a protected row again, with its protection on throughout."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django_fsm import ConcurrentTransitionMixin


class ReadAgain(ConcurrentTransitionMixin):
    """`refresh_from_db` as a new row read and taken over whole.

    django-fsm-2's own switches `protected` off on the field, which all threads share: a thread
    that ends its refresh meanwhile switches it on again, and ours fails at the assignment.
    """

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: Any = None,
    ) -> None:
        if fields is not None:  # a deferred field's first reading: nothing protected is replaced
            models.Model.refresh_from_db(self, using, fields, from_queryset)
            return
        rows = type(self)._base_manager.all() if from_queryset is None else from_queryset
        fresh = rows.using(using or self._state.db).get(pk=self.pk)
        self.__dict__.clear()
        self.__dict__.update(fresh.__dict__)
