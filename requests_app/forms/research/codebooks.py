"""One variable of a codebook."""

from typing import Any

from django import forms

from requests_app.actions.research.codebooks import VariableChange
from requests_app.research.coding import variables
from requests_app.research.coding.variables import CodeValue, Variable
from requests_app.vocabulary.research.variable_types import VariableType

CORRECTED, CHANGED = "corrected", "changed"


class VariableForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    key = forms.CharField(
        label="Key",
        max_length=40,
        help_text="As exports and the codes name it, for good: small letters, digits, underscores.",
    )
    label = forms.CharField(label="Label", max_length=200)
    question = forms.CharField(
        label="The question to the coder",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )
    type = forms.ChoiceField(label="What is its code?", choices=VariableType.choices)
    values = forms.CharField(
        label="Values, one a line",
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 5, "spellcheck": "false"}),
        help_text="“partly = In part”: the key, an equals sign, the label. Ordered ones from the "
        "lowest up.",
    )
    rules = forms.CharField(
        label="Rules: when which code is given",
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 5}),
    )
    is_required = forms.BooleanField(label="A coding cannot be finished without it", required=False)
    kind_of_change = forms.ChoiceField(
        label="What did you change?",
        choices=[
            (CORRECTED, "The words alone: codes made before still stand for it"),
            (CHANGED, "Its meaning: codes made before are not counted as codes of it"),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial=CORRECTED,
    )

    def __init__(self, *args: Any, variable: Variable | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if variable is None:
            del self.fields["kind_of_change"]
            return
        del self.fields["key"]
        self.known_key = variable.key
        for name, value in variables.stored([variable])[0].items():
            if name in self.fields:
                self.fields[name].initial = value
        self.fields["values"].initial = "\n".join(
            f"{value.key} = {value.label}" for value in variable.values
        )

    def clean_values(self) -> tuple[CodeValue, ...]:
        lines = [line.strip() for line in self.cleaned_data["values"].splitlines() if line.strip()]
        found = []
        for line in lines:
            key, _, label = (part.strip() for part in line.partition("="))
            if not label:
                raise forms.ValidationError(f"“{line}”: write key = label.")
            found.append(CodeValue(key, label))
        return tuple(found)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and (problem := variables.problem_of(self.variable())):
            raise forms.ValidationError(problem)
        return cleaned

    def variable(self) -> Variable:
        cleaned = self.cleaned_data
        return Variable(
            key=cleaned.get("key") or self.known_key,
            label=" ".join(cleaned["label"].split()),
            type=VariableType(cleaned["type"]),
            question=cleaned["question"].strip(),
            values=cleaned["values"],
            rules=cleaned["rules"].strip(),
            is_required=cleaned["is_required"],
        )

    def change(self) -> VariableChange:
        keeps = self.cleaned_data["kind_of_change"] != CHANGED
        return VariableChange(self.variable(), keeps_meaning=keeps)
