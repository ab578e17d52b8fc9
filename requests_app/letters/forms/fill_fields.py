"""Facts into the fields of a form: each is filled whole, or left empty with the reason.

Runs in the cage, without Django.
"""

from collections.abc import Iterable
from io import BytesIO

import pikepdf
from pikepdf import Name

from cities.schema.forms import FORM_FACTS
from requests_app.letters.forms import field_appearance
from requests_app.letters.forms.form_facts import IS_OR_IS_NOT, FormFacts, Targets
from requests_app.letters.forms.form_values import Filled, FormField, Unfilled
from requests_app.letters.forms.pdf_fields import (
    OpenField,
    fields_of,
    on_state,
    opened,
    options,
)
from requests_app.letters.markdown import clean

PRINT, HIDDEN, NO_VIEW = 1 << 2, 1 << 1, 1 << 5  # flags of an annotation: ISO 32000-1, table 165


class LeftEmptyError(Exception):
    """This field cannot take this fact; the message is the reason."""


def fill(data: bytes, mapping: Targets, facts: FormFacts) -> Filled:
    """See `office_form.fill`."""
    with opened(data) as pdf:
        if pdf.acroform.needs_appearances:
            # What the city filled in itself is drawn now: nobody will be asked to draw it later.
            pdf.generate_appearance_streams()
        if "/Perms" in pdf.Root:
            # Rights that Adobe's programs grant to the unchanged file alone; they would warn.
            del pdf.Root.Perms
        found = fields_of(pdf)
        filling = _Filling(pdf, mapping, facts)
        for one in found:
            filling.fill(one)
        filling.draw()
        filling.list_missing(found)
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return Filled(out.getvalue(), tuple(filling.left_empty))


class _Filling:
    """One form being filled: values first, then all texts drawn together."""

    def __init__(self, pdf: pikepdf.Pdf, mapping: Targets, facts: FormFacts) -> None:
        self.pdf = pdf
        self.facts = facts
        self.left_empty: list[Unfilled] = []
        self.texts: list[tuple[OpenField, str, str]] = []  # with the value that is kept
        self.wanted: dict[str, list[tuple[str, str]]] = {}  # of each field: facts, and choices
        for fact, targets in mapping.items():
            for name, choose in targets:
                self.wanted.setdefault(name, []).append((fact, choose))

    def fill(self, found: OpenField) -> None:
        described, wanted = found.described, self.wanted.get(found.described.name, [])
        try:
            if not wanted:
                self._leave_alone(described)
                return
            _check_open(found)
            if there := [(fact, choose) for fact, choose in wanted if fact in self.facts]:
                self._write(found, *there[0])
            elif missing := [fact for fact, _ in wanted if fact not in IS_OR_IS_NOT]:
                raise LeftEmptyError(f"Not stated: {FORM_FACTS[missing[0]]}.")
        except LeftEmptyError as error:
            self.left_empty.append(Unfilled(described.name, str(error)))

    def draw(self) -> None:
        """The texts' looks, in one go, so that the fonts are in the file once."""
        texts = [field_appearance.FieldText(found, text) for found, text, _ in self.texts]
        drawn = field_appearance.draw(self.pdf, texts)
        for (found, _, kept), problem in zip(self.texts, drawn, strict=True):
            if problem:
                self.left_empty.append(Unfilled(found.described.name, problem))
                continue
            found.node.V = pikepdf.String(kept)
            for key in (Name.RV, Name.I):  # the rich text and the index of another value
                if key in found.node:
                    del found.node[key]
            _make_printable(found.widgets)

    def list_missing(self, found: Iterable[OpenField]) -> None:
        """What the mapping names and this copy has not; then all in the form's order."""
        order = {one.described.name: number for number, one in enumerate(found)}
        for name in self.wanted:
            if name not in order:
                self.left_empty.append(Unfilled(name, "This copy of the form has no such field."))
        self.left_empty.sort(key=lambda one: order.get(one.field, len(order)))

    def _leave_alone(self, described: FormField) -> None:
        """A field that no fact is for: listed where a person would have to fill it."""
        if described.kind == "button" or described.has_value:
            return
        if described.kind == "signature":
            raise LeftEmptyError("A signature: sign the form by hand where the city wants one.")
        if described.is_read_only:
            raise LeftEmptyError("The form lets nobody fill it: it is the city's own.")
        raise LeftEmptyError("The desk has no fact for it.")

    def _write(self, found: OpenField, fact: str, choose: str) -> None:
        value = clean(self.facts[fact])
        match found.described.kind:
            case "text":
                text = _fitting(found.described, value)
                self.texts.append((found, text, text))
            case "choice":
                shown, kept = _entry(found, choose or value)
                self.texts.append((found, shown, kept))
            case "checkbox" | "radio":
                _check_box(self.pdf, found, choose)
            case _:
                raise LeftEmptyError("It is a field that only a person can fill.")


def _check_open(found: OpenField) -> None:
    if found.described.is_read_only:
        raise LeftEmptyError("The form lets nobody fill it: it is the city's own.")
    if all(int(widget.get("/F", 0)) & (HIDDEN | NO_VIEW) for widget in found.widgets):
        raise LeftEmptyError("It is hidden on the form.")


def _fitting(described: FormField, value: str) -> str:
    """The text as the field takes it; never cut."""
    lines = [line.strip() for line in value.split("\n") if line.strip()]
    text = "\n".join(lines) if described.is_multiline else "; ".join(lines)
    if described.max_length is not None and len(text) > described.max_length:
        raise LeftEmptyError(
            f"Too long: {len(text)} characters, and the field takes {described.max_length}."
        )
    return text


def _entry(found: OpenField, wanted: str) -> tuple[str, str]:
    """The list's entry as it is shown and as it is stored; either may be asked for."""
    entries = options(found.entries.get("/Opt"))
    for kept, shown in entries:
        if wanted.casefold() in {kept.casefold(), shown.casefold()}:
            return shown, kept
    raise LeftEmptyError(f"Its list has no “{wanted}”: {_list_of(shown for _, shown in entries)}.")


def _check_box(pdf: pikepdf.Pdf, found: OpenField, choose: str) -> None:
    """Check the box, or press the one button, that is meant."""
    if found.described.kind == "checkbox" and not found.described.choices:
        for widget in found.widgets:
            field_appearance.draw_check(pdf, widget)
    states = [on_state(widget) for widget in found.widgets]
    labels = [label for _, label in options(found.entries.get("/Opt"))]
    chosen = _chosen(states, labels, choose)
    if chosen is None:
        raise LeftEmptyError(
            f"It has no “{choose}”: {_list_of(labels or states)}."
            if choose
            else f"Which of its choices is meant is not in the pack: {_list_of(labels or states)}."
        )
    found.node.V = Name(f"/{chosen}")
    for widget, state in zip(found.widgets, states, strict=True):
        widget.AS = Name(f"/{chosen}") if state == chosen else Name.Off
    _make_printable(found.widgets)


def _chosen(states: list[str], labels: list[str], choose: str) -> str | None:
    there = list(dict.fromkeys(state for state in states if state))
    if not choose:
        return there[0] if len(there) == 1 else None
    for state, label in zip(states, labels, strict=False):
        if state and label.casefold() == choose.casefold():
            return state
    return next((state for state in there if state.casefold() == choose.casefold()), None)


def _list_of(choices: Iterable[str]) -> str:
    listed = [choice for choice in dict.fromkeys(choices) if choice]
    return f"there are {', '.join(listed)}" if listed else "the form names none"


def _make_printable(widgets: tuple[pikepdf.Object, ...]) -> None:
    """Printed as it is seen: a widget without this flag is on the screen alone."""
    for widget in widgets:
        widget.F = int(widget.get("/F", 0)) & ~(HIDDEN | NO_VIEW) | PRINT
