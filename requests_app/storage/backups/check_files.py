"""Whether every file that a row names is there, byte for byte. What was erased is not."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from django.apps import apps
from django.db.models import FileField

from requests_app.storage import content
from requests_app.storage.erased_files import without_erased


def named_files() -> Iterator[tuple[str, str]]:
    """Each file that any row names, once, with its SHA-256: that of the row, or of its name."""
    seen = set()
    for model in apps.get_app_config("requests_app").get_models():
        fields = {field.name for field in model._meta.get_fields()}
        for field in model._meta.get_fields():
            if not isinstance(field, FileField):
                continue
            hashed = "sha256" if "sha256" in fields and field.name in {"file", "raw"} else None
            wanted = [field.name, *([hashed] if hashed else [])]
            rows = without_erased(model._default_manager.all())
            for name, *known in rows.values_list(*wanted).iterator():
                if name and name not in seen:
                    seen.add(name)
                    yield name, known[0] if known else PurePosixPath(name).name.split(".")[0]


def missing_or_damaged() -> tuple[int, list[str]]:
    """How many files rows name, and which of them are not there as they were kept."""
    count, wrong = 0, []
    for name, sha256 in named_files():
        count += 1
        if not content.is_whole(name, sha256=sha256):
            wrong.append(name)
    return count, wrong
