"""What a desk's ledger holds, as something that can be compared with another desk's."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder

# Rows that are written once: those of a backup are in the desk that it is of, just so.
WRITTEN_ONCE = ("Event", "Letter", "LetterEnclosure", "DraftVersion", "Attachment")


def write_rows(to: Path) -> None:
    """{model: {key: hash of the row}}, and under "requests" the number of events of each."""
    found: dict[str, dict[str, Any]] = {}
    for name in WRITTEN_ONCE:
        model = apps.get_model("requests_app", name)
        rows = model._default_manager.order_by("pk").values()
        found[name] = {str(row["id"]): _hash(row) for row in rows.iterator()}
    events = apps.get_model("requests_app", "Event")._default_manager
    counts: dict[str, int] = {}
    for request in events.values_list("records_request", flat=True):
        counts[str(request)] = counts.get(str(request), 0) + 1
    found["requests"] = counts
    to.write_text(json.dumps(found))


def _hash(row: dict[str, Any]) -> str:
    plain = {key: bytes(one).hex() if _is_bytes(one) else one for key, one in row.items()}
    written = json.dumps(plain, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(written.encode()).hexdigest()


def _is_bytes(value: Any) -> bool:
    return isinstance(value, bytes | memoryview)
