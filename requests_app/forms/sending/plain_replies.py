"""A reply in one's own words, by e-mail: to whom, with copies to whom, and with which files."""

from typing import Any

from django import forms

from requests_app.actions.sending.plain_replies import PlainReply
from requests_app.forms.fields import FilesField
from requests_app.letters import Sending
from requests_app.models import Attachment, Channel, RecordsRequest
from requests_app.reply_addresses import BadAddress, deliverable

MOST_COPIES = 10


class AddressesField(forms.CharField):
    """E-mail addresses with commas or line breaks between them. Cleans to a tuple of them."""

    def clean(self, value: Any) -> Any:
        written = super().clean(value).replace(";", ",").replace("\n", ",")
        found = tuple(dict.fromkeys(part.strip() for part in written.split(",") if part.strip()))
        if len(found) > MOST_COPIES:
            raise forms.ValidationError(f"Copies go to {MOST_COPIES} addresses at most.")
        for address in found:
            try:
                deliverable(address)
            except BadAddress as error:
                raise forms.ValidationError(str(error)) from error
        return found


class PlainReplyForm(forms.Form):
    to = forms.EmailField(label="To")
    copies = AddressesField(
        label="Copies to",
        required=False,
        help_text="Addresses with commas between them. Everybody sees who has a copy.",
    )
    text = forms.CharField(
        label="What you write",
        widget=forms.Textarea({"rows": 14, "class": "letter plain", "spellcheck": "true"}),
    )
    chosen_files = forms.ModelMultipleChoiceField(
        label="Files of this request",
        queryset=Attachment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    uploads = FilesField(label="New files", required=False)

    def __init__(self, *args: Any, records_request: RecordsRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        files = self.fields["chosen_files"]
        assert isinstance(files, forms.ModelMultipleChoiceField)
        of_request = Attachment.objects.filter(records_request=records_request, quarantined="")
        files.queryset = of_request.order_by("pk")
        if not of_request.exists():
            del self.fields["chosen_files"]

    def clean(self) -> dict[str, Any]:
        """Nobody has the same letter twice."""
        cleaned = super().clean() or self.cleaned_data
        to = cleaned.get("to", "").lower()
        cleaned["copies"] = tuple(copy for copy in cleaned.get("copies", ()) if copy.lower() != to)
        return cleaned

    def reply(self) -> PlainReply:
        cleaned = self.cleaned_data
        return PlainReply(
            text=cleaned["text"],
            sending=Sending(Channel.EMAIL, cleaned["to"], copies=copies),
            files=tuple(cleaned.get("chosen_files", ())),
            uploads=cleaned["uploads"],
        )
