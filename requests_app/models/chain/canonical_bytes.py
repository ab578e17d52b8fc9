"""A row's fields as bytes that are the same on every database, to be hashed.

JSON in ASCII with sorted keys and no spaces, behind a version byte. Instants are UTC with six
digits, days ISO. Text is left as it is: nothing is normalized. A number is written out in decimal,
so that 1, 1.0 and 1e0 are one: PostgreSQL's jsonb does not tell them apart either. A field without
a value is left out, so that a column that comes later leaves the bytes of earlier rows alone.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

VERSION = b"\x01"


def canonical_bytes(fields: Mapping[str, Any]) -> bytes:
    """TypeError where something has no such form."""
    there = {name: value for name, value in fields.items() if value is not None}
    return VERSION + _written(there).encode("ascii")


def hash_of(value: str | bytes | memoryview) -> str:
    """What a long text or a file enters as: its SHA-256."""
    # SQLite keeps half of a surrogate pair, which is no UTF-8.
    content = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else bytes(value)
    return sha256(content).hexdigest()


def _written(value: Any) -> str:
    if value is None or isinstance(value, bool | str):
        return json.dumps(value)
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, datetime):
        return json.dumps(value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    if isinstance(value, date):
        return json.dumps(value.isoformat())
    if isinstance(value, Mapping):
        pairs = (f"{json.dumps(str(key))}:{_written(value[key])}" for key in sorted(value))
        return f"{{{','.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_written, value))}]"
    raise TypeError(f"nothing says how a {type(value).__name__} is hashed")


def _number(value: float | Decimal) -> str:
    if isinstance(value, int):
        return str(int(value))
    plain = format(Decimal(repr(value)) if isinstance(value, float) else value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain == "-0" else plain
