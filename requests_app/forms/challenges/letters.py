"""A letter in a challenge: its words, its way to the body, and a copy for the office asked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from requests_app.actions.sending.our_letters import OurLetter
from requests_app.forms.fields import FilesField
from requests_app.forms.sending.copies import CHOSEN, OTHERS
from requests_app.forms.sending.our_letters import ReplyForm
from requests_app.models import Attachment, Channel, RecordsRequest
from requests_app.vocabulary.letter_description import ChallengeOffer


class ChallengeLetterForm(ReplyForm):
    """By e-mail to a body its copies begin with the office that was asked."""

    def __init__(
        self,
        *args: Any,
        offer: ChallengeOffer,
        office_email: str,
        records_request: RecordsRequest,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"asks_source": offer.to_the_agency, **kwargs})
        if self.way is Channel.EMAIL and not offer.to_the_agency:
            self.fields[OTHERS].initial = office_email
        if offer.has_exhibits:
            self._ask_for_exhibits(records_request)

    def _ask_for_exhibits(self, records_request: RecordsRequest) -> None:
        of_request = Attachment.objects.filter(records_request=records_request, quarantined="")
        self.fields["chosen_files"] = forms.ModelMultipleChoiceField(
            label="Further exhibits: files of this request",
            queryset=of_request.order_by("pk"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["uploads"] = FilesField(label="Further exhibits: new files", required=False)

    def letter(self, entered: Mapping[str, Any]) -> OurLetter:
        letter = super().letter(entered)
        if "uploads" not in self.fields:
            return letter
        files = tuple(self.cleaned_data["chosen_files"])
        return replace(letter, chosen_files=files, uploads=self.cleaned_data["uploads"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        has_none = not (cleaned.get(OTHERS) or cleaned.get(CHOSEN))
        if self.data.get("copied") and has_none and OTHERS not in self.errors:
            self.add_error(
                OTHERS,
                "The letter says that the office has a copy: enter its address, or untick it.",
            )
        return cleaned
