"""An address that is told of events, and of which."""

from typing import Any

from django import forms

from requests_app.vocabulary.event_kinds import event_kinds


class WebhookForm(forms.Form):
    url = forms.CharField(
        label="Address",
        max_length=500,
        widget=forms.URLInput({"placeholder": "https://"}),
        help_text="Beginning with https://. It is told of requests that you see.",
    )
    kinds = forms.MultipleChoiceField(
        label="Of which events?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: of every one.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = event_kinds()
