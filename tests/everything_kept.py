"""All that a desk keeps, walked for a word: every column of every table, every file in storage."""

import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from django.apps import apps
from django.conf import settings
from django.db import connection

from requests_app.search.indexes import INDEXES


def places_of(word: str) -> set[str]:
    """Where it stands: "Event.data", "file mail". Which tables there are, the models say."""
    return {*_columns_with(word), *_files_with(word), *_indexes_with(word)}


def _columns_with(word: str) -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values(*names).iterator():
            for name, value in row.items():
                if word in _as_text(value):
                    yield f"{model.__name__}.{name}"


def _as_text(value: Any) -> str:
    if isinstance(value, memoryview | bytes):
        return _opened(bytes(value))
    return str(value)


def _files_with(word: str) -> Iterator[str]:
    root = Path(settings.MEDIA_ROOT)
    for path in root.rglob("*"):
        if path.is_file() and (word in _opened(path.read_bytes()) or word in str(path)):
            yield f"file {path.relative_to(root).parts[0]}"


def _indexes_with(word: str) -> Iterator[str]:
    """The search's own tables, FTS5's as they lie on disk: a word there begins where it differs
    from the one before, and may have lost its ending."""
    on_sqlite = connection.vendor == "sqlite"
    middle = word.lower()[2:6].encode()
    for index in INDEXES:
        column, table = ("block", f"{index.name}_data") if on_sqlite else ("search", index.name)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {table}")
            rows = [one if isinstance(one, bytes) else str(one).encode() for (one,) in cursor]
        if any(middle in row for row in rows):
            yield f"index {index.name}"


def _opened(data: bytes) -> str:
    """Its bytes as they are, and what a ZIP, a PDF or a message says when it is opened."""
    texts = [data.decode("utf-8", "replace")]
    if data.startswith(b"%PDF"):
        shown = pypdfium2.PdfDocument(data)
        texts += [page.get_textpage().get_text_range() for page in shown]
        shown.close()
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            texts += [f"{name} {_opened(archive.read(name))}" for name in archive.namelist()]
    elif b"MIME-Version" in data:
        parts = message_from_bytes(data).walk()
        payloads = [part.get_payload(decode=True) for part in parts if not part.is_multipart()]
        texts += [_opened(payload) for payload in payloads if isinstance(payload, bytes)]
    return "\n".join(texts)
