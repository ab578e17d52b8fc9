"""Files whose bytes were erased by law, or let go of after their time: gone from storage unless
another row still has them.

That they are to go by law stands in the ledger's entry (`data["removed"]`): a process that dies
after its transaction leaves nothing behind that the next run does not find.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db.models import FileField, Model, QuerySet

from requests_app.models import (
    ErasedContent,
    Event,
    EventKind,
    Exhibit,
    FileScan,
    FileText,
    InboundMail,
)
from requests_app.models.guards.protected_tables import PROTECTED_TABLES
from requests_app.storage import content

AT_ONCE = 500  # names that a query asks about
_ERASED_AS = {table.model: table.erased_as for table in PROTECTED_TABLES if table.erased_as}


def without_erased(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of a model's rows whose file was neither erased nor let go of."""
    if rows.model is InboundMail:
        rows = rows.filter(raw_removal=None)
    name = _ERASED_AS.get(rows.model.__name__)
    if name is None:
        return rows
    erased = ErasedContent.objects.filter(table=name, kept__has_key="file")
    return rows.exclude(pk__in=erased.values("row"))


def remove_erased(names: Iterable[str] | None = None) -> int:
    """Those of the names, or of all that ever were to go, that lie there and that no row has any
    more. How many went."""
    lying = left_lying(names)
    for name in lying:
        content.remove(name)
    return len(lying)


def left_lying(names: Iterable[str] | None = None) -> list[str]:
    """What `remove_erased` would remove."""
    gone = _named_no_more(_all_names() if names is None else names)
    return [name for name in gone if content.local_path(name).exists()]


def forget_readings(names: Iterable[str]) -> None:
    """What a scanner found in them, and their words for search."""
    gone = list(_named_no_more(names))
    FileText.objects.filter(stored__in=gone).delete()
    FileScan.objects.filter(stored__in=gone).delete()


def _all_names() -> Iterator[str]:
    entries = Event.objects.filter(kind=EventKind.CONTENT_ERASED)
    for data in entries.values_list("data", flat=True).iterator():
        yield from data["removed"]


def _named_no_more(names: Iterable[str]) -> Iterator[str]:
    asked = sorted(set(names))
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        named = _still_named(some)
        yield from (name for name in some if name not in named)


def _still_named(names: Sequence[str]) -> set[str]:
    """Those that a row has which was not erased."""
    named = set(Exhibit.objects.filter(pages__in=names).values_list("pages", flat=True))
    for model, field in _file_fields():
        rows = without_erased(model._default_manager.all()).filter(**{f"{field}__in": names})
        named |= set(rows.values_list(field, flat=True))
    return named


def _file_fields() -> Iterator[tuple[type[Model], str]]:
    for model in apps.get_app_config("requests_app").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField):
                yield model, field.name
