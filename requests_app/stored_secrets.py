"""Secrets that the desk must read again are stored encrypted, by keys outside the database.

The first key encrypts; each of them decrypts. They come from `ENCRYPTION_KEYS`, else from a file
in VAR_DIR that is read anew when it changes: `manage.py rotate_keys` puts a new one in front.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class UnreadableSecretError(Exception):
    """No key that the desk has was used for it."""

    def __init__(self) -> None:
        super().__init__(
            "A stored secret cannot be read by any key. Add the key it was stored under to "
            "ENCRYPTION_KEYS, or put the file encryption-keys back into VAR_DIR."
        )


def encrypt(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def decrypt(stored: str) -> str:
    try:
        return _fernet().decrypt(stored.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecretError from error


def under_the_newest_key(stored: str) -> str:
    """The same secret, encrypted by the first key."""
    try:
        return _fernet().rotate(stored.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecretError from error


def _fernet() -> MultiFernet:
    if settings.ENCRYPTION_KEYS:
        return _made_of(tuple(settings.ENCRYPTION_KEYS))
    path = Path(settings.ENCRYPTION_KEY_FILE)
    return _of_file(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _of_file(path: Path, changed_at: int) -> MultiFernet:
    return _made_of(tuple(path.read_text().split()))


@lru_cache(maxsize=2)
def _made_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


class SecretField(models.TextField):
    """Text that the database never sees. It cannot be searched for; empty stays empty."""

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(value) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value) if value else value
