"""A letter in a challenge: its words, its way to the body, and a copy for the office asked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from requests_app.actions.sending.our_letters import OurLetter
from requests_app.forms.sending.our_letters import ReplyForm
from requests_app.models import Channel
from requests_app.vocabulary.letter_description import ChallengeOffer


class ChallengeLetterForm(ReplyForm):
    """By e-mail to a body it can have a copy, which begins with the address of the office asked."""

    def __init__(self, *args: Any, offer: ChallengeOffer, office_email: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"asks_source": offer.to_the_agency, **kwargs})
        if self.way is Channel.EMAIL and not offer.to_the_agency:
            self.fields["copy_to"] = forms.EmailField(
                label="E-mail address for the copy",
                required=False,
                initial=office_email,
                help_text="Of the office that was asked, where the letter says that it has a copy.",
            )

    def letter(self, entered: Mapping[str, Any]) -> OurLetter:
        letter = super().letter(entered)
        copy = self.cleaned_data.get("copy_to", "") if entered.get("copied") else ""
        if not copy or copy.lower() == letter.sending.to.lower():
            return letter
        return replace(letter, sending=replace(letter.sending, copies=(copy,)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_lacking = "copy_to" in self.fields and not cleaned.get("copy_to")
        if is_lacking and self.data.get("copied") and "copy_to" not in self.errors:
            self.add_error(
                "copy_to",
                "The letter says that the office has a copy: enter its address, or untick it.",
            )
        return cleaned
