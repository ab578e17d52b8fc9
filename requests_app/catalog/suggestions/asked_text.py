"""The text of a draft that tells what it asks for, from its subject and its particulars."""

from collections.abc import Mapping
from typing import Any

from cities.schema.city import City
from requests_app.catalog.suggestions.draft_terms import DraftText
from requests_app.catalog.suggestions.suggest import left_out_of

# Of each kind of request, which of its particulars say it. The other kinds are about a dataset.
SAID_IN = {
    "records": ("what", "from_on", "to_on"),
    "dataset": ("name_or_topic", "fields", "purpose"),
}


def asked_text(city: City, kind: str, fields: Mapping[str, Any]) -> DraftText:
    """`fields`: the subject and the particulars by their names, as saved or as typed."""
    said = [str(fields.get(name) or "") for name in SAID_IN.get(kind, ())]
    text = "\n".join(filter(None, said))
    return DraftText.of(str(fields.get("subject") or ""), text, left_out_of(city))
