"""Files whose bytes were erased by law: gone from storage unless another row still has them.

That they are to go stands in the ledger's entry (`data["removed"]`): a process that dies after its
transaction leaves nothing behind that the next run does not find.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import FileField, Model, QuerySet

from requests_app.models import ErasedContent, Event, EventKind, Exhibit, FileScan, FileText
from requests_app.models.guards.protected_tables import PROTECTED_TABLES
from requests_app.storage import content

_ERASED_AS = {table.model: table.erased_as for table in PROTECTED_TABLES if table.erased_as}


def without_erased(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of a model's rows whose file was not erased."""
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
    return (name for name in sorted(set(names)) if not _is_named(name))


def _is_named(name: str) -> bool:
    """Whether a row has it that was not erased."""
    if Exhibit.objects.filter(pages=name).exists():
        return True
    return any(
        without_erased(model._default_manager.all()).filter(**{field: name}).exists()
        for model, field in _file_fields()
    )


def _file_fields() -> Iterator[tuple[type[Model], str]]:
    for model in apps.get_app_config("requests_app").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField):
                yield model, field.name
