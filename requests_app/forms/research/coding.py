"""What one coder says of one entry, variable by variable; and how a disagreement is settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from requests_app.actions.research.resolving import Settled
from requests_app.forms.fields import DayInput
from requests_app.research.coding.codes import Code
from requests_app.research.coding.sources import Source
from requests_app.research.coding.variables import Variable
from requests_app.vocabulary.research.variable_types import VariableType

NOT_CODED = ("", "Not coded")


@dataclass(frozen=True, slots=True)
class AskedVariable:
    """A variable with the fields of its code and of the passage that it rests on."""

    variable: Variable
    code: forms.BoundField
    passage: forms.BoundField
    source: forms.BoundField
    page: forms.BoundField

    @property
    def is_passage_open(self) -> bool:
        return self.variable.needs_passage or bool(self.passage.value())


class CodingForm(forms.Form):
    """Nothing is required here: a draft is saved as it is. The act says what is missing."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    tab = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(
        self,
        *args: Any,
        variables: Sequence[Variable],
        sources: Sequence[Source],
        codes: Mapping[str, Code],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.variables = variables
        for variable in variables:
            add_code(self, variable, sources, codes.get(variable.key, Code("")))

    def asked(self) -> list[AskedVariable]:
        """As the page shows them: what a coding cannot be finished without is not optional."""
        for variable in self.variables:
            self.fields[f"code_{variable.key}"].required = variable.is_required
        return [
            AskedVariable(variable, *(self[f"{part}_{variable.key}"] for part in PARTS))
            for variable in self.variables
        ]

    def given(self) -> dict[str, Code]:
        return {one.key: given_code(self, one) for one in self.variables}


PARTS = ("code", "passage", "source", "page")


def add_code(form: forms.Form, variable: Variable, sources: Sequence[Source], code: Code) -> None:
    """Fields for the code of a variable and the passage that it rests on."""
    key = variable.key
    form.fields[f"code_{key}"] = _code_field(variable, code.value)
    form.fields[f"passage_{key}"] = forms.CharField(
        label="The passage, word for word",
        required=False,
        initial=code.passage,
        widget=forms.Textarea({"rows": 2}),
    )
    form.fields[f"source_{key}"] = forms.ChoiceField(
        label="It stands in",
        required=False,
        initial=code.source or (sources[0].key if sources else ""),
        choices=[(one.key, one.title) for one in sources],
    )
    form.fields[f"page_{key}"] = forms.CharField(
        label="On page", required=False, initial=code.page, max_length=200
    )


def _code_field(variable: Variable, value: str) -> forms.Field:
    told: dict[str, Any] = {"label": variable.label, "required": False, "initial": value}
    told["help_text"] = variable.question
    if variable.options:
        choices = [(one.key, one.label) for one in variable.options]
        return forms.ChoiceField(choices=[*choices, NOT_CODED], widget=forms.RadioSelect, **told)
    return forms.CharField(widget=_widget(variable), **told)


def _widget(variable: Variable) -> forms.Widget:
    if variable.type == VariableType.DATE:
        return DayInput()
    if variable.type == VariableType.NUMBER:
        return forms.TextInput({"inputmode": "decimal", "class": "short"})
    return forms.Textarea({"rows": 3})


def given_code(form: forms.Form, variable: Variable) -> Code:
    parts = {name: form.cleaned_data[f"{name}_{variable.key}"] for name in PARTS}
    source = parts["source"] if parts["passage"].strip() else ""
    return Code(parts["code"], parts["passage"], source, parts["page"])


class ResolutionForm(forms.Form):
    """What one variable of an entry is coded as in the end, and why."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(label="Why", max_length=4000, widget=forms.Textarea({"rows": 2}))

    def __init__(
        self, *args: Any, variable: Variable, sources: Sequence[Source], code: Code, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.variable = variable
        add_code(self, variable, sources, code)
        self.fields[f"code_{variable.key}"].label = "It is coded as"
        self.order_fields([f"{part}_{variable.key}" for part in PARTS])

    def settled(self) -> Settled:
        cleaned = self.cleaned_data
        code = given_code(self, self.variable)
        return Settled(self.variable.key, code, cleaned["reason"], cleaned["seen"])
