"""What differs between the details of two versions, in words."""

from dataclasses import dataclass
from typing import Any

from requests_app.forms.requests.particulars import FORMS

LABELS = {"subject": "Subject", "office_role": "To", "track": "Records of a special kind"} | {
    name: str(field.label) for form in FORMS.values() for name, field in form.base_fields.items()
}
CHOSEN = ("office_role", "track")


@dataclass(frozen=True, slots=True)
class ChangedDetail:
    label: str
    old: str
    new: str


def changed_details(old: dict[str, Any], new: dict[str, Any]) -> list[ChangedDetail]:
    before, after = _in_words(old), _in_words(new)
    return [
        ChangedDetail(label, before.get(name, ""), after.get(name, ""))
        for name, label in LABELS.items()
        if before.get(name, "") != after.get(name, "")
    ]


def as_typed(details: dict[str, Any]) -> dict[str, Any]:
    """As a version keeps them, or as a form brought them: by the forms' own names, what is empty
    left out."""
    particulars = details.get("particulars")
    flat = details | particulars if isinstance(particulars, dict) else details
    return {
        "fields_wanted" if name == "fields" else name: value
        for name, value in flat.items()
        if name != "particulars" and value not in (None, False, "")
    }


def _in_words(details: dict[str, Any]) -> dict[str, str]:
    return {name: _word(name, value) for name, value in as_typed(details).items()}


def _word(name: str, value: Any) -> str:
    if value in (True, "on"):
        return "yes"
    words = str(value).replace("\r\n", "\n").strip()
    return words.replace("_", " ").capitalize() if name in CHOSEN else words
