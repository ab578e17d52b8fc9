"""What the one-machine desk needs in place of PostgreSQL, Redis and a secrets store."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def sqlite_options() -> dict[str, Any]:
    """Writers queue instead of failing: WAL, write locks taken at BEGIN, and a patient wait.

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
    path = var / "secret-key"
    try:
        if not path.exists():
            _make_secret_key(path)
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be read or made ({error.strerror}). Make {var} writable for this "
            "account, or set VAR_DIR to a folder that is."
        ) from error


def _make_secret_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".secret-key.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(60))
    try:
        os.link(fresh, path)  # fails if another process was first: then its key is the key
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def use_embedded_broker() -> None:
    """Have kombu open `sqla+…` addresses with our transport, found by name when it is needed."""
    from kombu.transport import TRANSPORT_ALIASES

    TRANSPORT_ALIASES["sqla"] = "config.embedded_broker:Transport"
