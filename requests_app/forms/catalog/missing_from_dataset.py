"""What a published dataset leaves out of what a draft asks for."""

from django import forms


class MissingFromDatasetForm(forms.Form):
    missing = forms.CharField(
        label="What does it leave out?",
        help_text="Fields, rows or years, one a line. The request asks for these besides.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
