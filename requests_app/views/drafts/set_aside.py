"""What was typed for one city or kind of request, when another one is chosen.

What the new form asks too goes on in it. The rest is set aside in view, with the reason; it goes
along with the form under names of its own, and comes back when the choice is changed back.
"""

from dataclasses import dataclass
from typing import Any

from django import forms

from cities.schema.city import City, RequestKind
from requests_app.forms.drafts.draft_forms import AskingForms
from requests_app.forms.requests.particulars import FORMS
from requests_app.vocabulary.kinds_of_request import name_of_kind

PREFIX = "aside-"
PROPOSED = {"asks_for"}  # a choice that stands in every form with something chosen
CHOSEN = ("office_role", "track")  # among what a city has
LABELS = {"office_role": "To", "track": "Records of a special kind"} | {
    name: str(field.label)
    for form in reversed(FORMS.values())
    for name, field in form.base_fields.items()
}


@dataclass(frozen=True, slots=True)
class SetAside:
    """One answer that the form has no place for."""

    name: str
    label: str
    value: str
    words: str
    because: str


def sort_out(
    asking: AskingForms, fields: dict[str, Any], city: City, kind: RequestKind
) -> list[SetAside]:
    """Fill the forms with what fits them; what does not is given back."""
    asked: dict[str, forms.Field] = {
        name: field for form in asking.forms for name, field in form.fields.items()
    }
    kept = dict(_answers(fields, asked))
    for form in asking.forms:
        for name, field in form.fields.items():
            if name in kept and not isinstance(field, forms.FileField):
                form.initial[name] = kept[name]
    return [
        SetAside(name, LABELS[name], value, _words(name, value), _because(name, city, kind))
        for name, value in _left(fields, kept)
    ]


def _answers(fields: dict[str, Any], asked: dict[str, forms.Field]) -> list[tuple[str, Any]]:
    """Each question of the form that an answer fits: the one set aside for it comes first where
    it is a choice, as the one typed since is only what the form proposed."""
    found = []
    for name, field in asked.items():
        now, before = fields.get(name, ""), fields.get(PREFIX + name, "")
        answers = (before, now) if name in CHOSEN else (now, before)
        fitting = next((answer for answer in answers if answer and _fits(field, answer)), "")
        if fitting:
            found.append((name, fitting))
    return found


def _fits(field: forms.Field, answer: str) -> bool:
    return not isinstance(field, forms.ChoiceField) or field.valid_value(answer)


def _left(fields: dict[str, Any], kept: dict[str, Any]) -> list[tuple[str, str]]:
    typed = {name.removeprefix(PREFIX): str(value) for name, value in fields.items() if value}
    typed |= {name: str(fields[name]) for name in typed if fields.get(name)}
    known = ((name, value) for name, value in typed.items() if name in LABELS.keys() - PROPOSED)
    return [(name, value) for name, value in known if name not in kept]


def _words(name: str, value: str) -> str:
    if name in CHOSEN:
        return value.replace("_", " ").capitalize()
    return "yes" if value == "on" else value


def _because(name: str, city: City, kind: RequestKind) -> str:
    if name == "office_role":
        return f"{city.name} has no such office"
    if name == "track":
        return f"{city.name}’s form does not ask it"
    return f"the form for “{name_of_kind(kind)}” does not ask it"
