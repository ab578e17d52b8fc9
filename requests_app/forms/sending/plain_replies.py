"""A reply in one's own words, by e-mail: to whom, with copies to whom, and with which files."""

from typing import Any

from django import forms

from requests_app.actions.sending.plain_replies import PlainReply
from requests_app.forms.fields import FilesField, RowsField
from requests_app.forms.sending.copies import AddressesField
from requests_app.letters import Copy, Sending
from requests_app.letters.copies import AboutLetter, offered_for
from requests_app.models import Attachment, Channel, LetterKind, RecordsRequest


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
    chosen_files = RowsField(
        label="Files of this request",
        queryset=Attachment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    uploads = FilesField(label="New files", required=False)

    def __init__(self, *args: Any, records_request: RecordsRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records_request = records_request
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
        copies = tuple(map(self._copy, cleaned["copies"]))
        return PlainReply(
            text=cleaned["text"],
            sending=Sending(Channel.EMAIL, cleaned["to"], copies=copies),
            files=tuple(cleaned.get("chosen_files", ())),
            uploads=cleaned["uploads"],
        )

    def _copy(self, address: str) -> Copy:
        """An office that the pack speaks of stands in the letter by its name."""
        about = AboutLetter(self.records_request, LetterKind.REPLY, Channel.EMAIL)
        offices = {one.copy.to.lower(): one.copy for one in offered_for(about)}
        return offices.get(address.lower()) or Copy.by_email(address)
