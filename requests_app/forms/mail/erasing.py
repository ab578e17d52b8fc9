"""What an admin says to erase a message or a file for good: why, then the words that mean it."""

from django import forms

from requests_app.actions.privacy.erasing_content import Why
from requests_app.vocabulary.erasure_grounds import ErasureGround, erasure_grounds

WORDS = "erase for good"


class WhyErasedForm(forms.Form):
    ground = forms.ChoiceField(
        label="What asks for it", choices=[("", "Choose one"), *erasure_grounds()]
    )
    reason = forms.CharField(
        label="Which order, law or letter",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays in the ledger beside your name: repeat nothing of what is erased.",
    )

    def why(self) -> Why:
        return Why(ErasureGround(self.cleaned_data["ground"]), str(self.cleaned_data["reason"]))


class EraseForm(WhyErasedForm):
    """The second step: the same once more, and the words."""

    typed = forms.CharField(
        label=f"To erase it, type: {WORDS}",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in WhyErasedForm.base_fields:
            self.fields[name].widget = forms.HiddenInput()

    def clean_typed(self) -> str:
        typed = " ".join(str(self.cleaned_data["typed"]).lower().split())
        if typed != WORDS:
            raise forms.ValidationError(f"Type the words “{WORDS}”, or go back: nothing is gone.")
        return typed


class OriginalForm(forms.Form):
    """A file that somebody says is what was erased."""

    original = forms.FileField(label="The file that you hold")
