"""What a newsroom finds out about a city."""

from typing import Any

from django import forms

from requests_app.forms.fields import DayField
from requests_app.letters import FoundAddress
from requests_app.models import Closure, OfficeEntry


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
    cut_off = forms.TimeField(
        label="Counts a message after this hour as received on the next business day",
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Write the hour as 17:00."},
        help_text=(
            "In the city's own time, and only where the office says so. What leaves later, or on "
            "a day that is no business day, counts from the next business day."
        ),
    )
    source = forms.CharField(
        label="Where you found it",
        max_length=300,
        help_text="A page's address, a letter, a call and with whom.",
    )
    checked_on = DayField(label="Checked on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(way) for way in OfficeEntry.Way.values):
            raise forms.ValidationError("Enter at least one way to reach the office, or its hour.")
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """What was found, and the ways to reach the office, each by its name."""
        hour = self.cleaned_data["cut_off"]
        ways = {**self.cleaned_data, "cut_off": f"{hour:%H:%M}" if hour else ""}
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
