"""What a newsroom finds out about a city."""

from typing import Any

from django import forms

from requests_app.forms.fields import DayField
from requests_app.letters import FoundAddress
from requests_app.models import Closure


class OfficeEntryForm(forms.Form):
    """Ways to reach an office. What is left empty stays as the pack says it."""

    email = forms.EmailField(label="E-mail", required=False)
    address = forms.CharField(
        label="Postal address",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )
    portal_url = forms.URLField(label="Web portal", required=False, assume_scheme="https")
    phone = forms.CharField(label="Telephone", required=False, max_length=40)
    source = forms.CharField(
        label="Where you found it",
        max_length=300,
        help_text="A page's address, a letter, a call and with whom.",
    )
    checked_on = DayField(label="Checked on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(way) for way in ("email", "address", "portal_url", "phone")):
            raise forms.ValidationError("Enter at least one way to reach the office.")
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """What was found, and the ways to reach the office, each by its name."""
        ways = dict(self.cleaned_data)
        return {"found": FoundAddress(ways.pop("source"), ways.pop("checked_on")), **ways}


class ClosureForm(forms.ModelForm[Closure]):
    on = DayField(label="Closed on")

    class Meta:
        model = Closure
        fields = ["on", "reason", "source"]
        help_texts = {
            "reason": "Such as: snow; the day after Thanksgiving.",
            "source": "A page's address, a letter, a call and with whom.",
        }
