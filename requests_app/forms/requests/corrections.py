"""What a correction of the ledger asks: why, and the right day."""

from django import forms

from requests_app.forms.fields import DayField


class CorrectionForm(forms.Form):
    why = forms.CharField(
        label="Why",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands in the ledger beside your name.",
    )


class RightDayForm(CorrectionForm):
    field_order = ("on", "why")
    on = DayField(label="The right day")
