"""A large file, and which message of the city's it came with."""

from typing import Any

from django import forms

from requests_app.actions.mail.large_uploads import Announced
from requests_app.models import Communication, RecordsRequest
from requests_app.vocabulary.dates_and_amounts import short_weekday
from requests_app.vocabulary.event_kinds import describe


class LargeFileForm(forms.Form):
    """The browser sends the file itself in pieces; here only what it is and where it belongs."""

    message = forms.ModelChoiceField(
        label="What did it come with?",
        empty_label="Choose the message",
        queryset=Communication.objects.none(),
        error_messages={"invalid_choice": "That is no message of this request: choose one."},
    )
    name = forms.CharField(max_length=255, widget=forms.HiddenInput)
    size = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    content_type = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, records_request: RecordsRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["message"]
        assert isinstance(field, forms.ModelChoiceField)
        incoming = Communication.objects.filter(
            records_request=records_request,
            direction=Communication.Direction.IN,
            taken_out_at=None,
        )
        field.queryset = incoming.select_related("event").order_by("-on", "-pk")
        field.label_from_instance = lambda message: (  # type: ignore[method-assign, assignment]
            f"{describe(message.event.kind).heading}, {short_weekday(message.on)}"
        )

    def announced(self) -> Announced:
        cleaned = self.cleaned_data
        return Announced(cleaned["name"], cleaned["size"], cleaned["content_type"])
