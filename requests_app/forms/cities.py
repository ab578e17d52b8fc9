"""What a newsroom finds out about a city."""

from typing import Any

from django import forms

from requests_app.forms.fields import DayField
from requests_app.models import Closure, OfficeEntry


class OfficeEntryForm(forms.ModelForm[OfficeEntry]):
    """Contact details of an office. What is left empty stays as the pack says it."""

    checked_on = DayField(label="Checked on")
    portal_url = forms.URLField(label="Web portal", required=False, assume_scheme="https")

    class Meta:
        model = OfficeEntry
        fields = ["email", "address", "portal_url", "phone", "source", "checked_on"]
        widgets = {"address": forms.Textarea({"rows": 3})}
        help_texts = {"source": "A page's address, a letter, a call and with whom."}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not any(told.get(way) for way in ("email", "address", "portal_url", "phone")):
            raise forms.ValidationError("Enter at least one way to reach the office.")
        return told


class ClosureForm(forms.ModelForm[Closure]):
    on = DayField(label="Closed on")

    class Meta:
        model = Closure
        fields = ["on", "reason", "source"]
        help_texts = {
            "reason": "Such as: snow; the day after Thanksgiving.",
            "source": "A page's address, a letter, a call and with whom.",
        }
