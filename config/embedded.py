"""What the one-machine desk needs in place of PostgreSQL, Redis and a secrets store."""

import os
import secrets
from base64 import urlsafe_b64encode as b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def sqlite_options() -> dict[str, Any]:
    """Writers wait instead of failing: WAL, write locks taken at BEGIN, where they stand in line
    (`config.queued_sqlite3`), and a patient wait for the one who writes.

    synchronous=FULL because a ledger that loses its last minute in a power cut has lost something.
    """
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-20000;"
        ),
    }


def embedded_secret_key(var: Path) -> str:
    """The key kept in var/secret-key, made on first use and readable by its owner only."""
    return _kept(var / "secret-key", lambda: secrets.token_urlsafe(60)).read_text()


def embedded_key_file(var: Path) -> Path:
    """The keys by which stored secrets are encrypted, the newest first: kept like the one above."""
    return _kept(var / "encryption-keys", lambda: b64encode(secrets.token_bytes(32)).decode())


def setup_code(var: Path) -> str:
    """What whoever sets up a desk that others reach must know: it is printed by `up`."""
    return _kept(var / "setup-code", lambda: secrets.token_urlsafe(12)).read_text()


def replace_private_file(path: Path, text: str) -> None:
    """Whole or not at all, and never readable by others."""
    _written_beside(path, text).replace(path)


def _kept(path: Path, new: Callable[[], str]) -> Path:
    try:
        if not path.exists():
            _make(path, new())
        path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be read or made ({error.strerror}). Make {path.parent} writable for "
            "this account, or set VAR_DIR to a folder that is."
        ) from error
    return path


def _make(path: Path, text: str) -> None:
    fresh = _written_beside(path, text)
    try:
        os.link(fresh, path)  # fails if another process was first: then its key is the key
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _written_beside(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    return fresh


def use_embedded_broker() -> None:
    """Have kombu open `sqla+…` addresses with our transport, found by name when it is needed."""
    from kombu.transport import TRANSPORT_ALIASES

    TRANSPORT_ALIASES["sqla"] = "config.embedded_broker:Transport"
