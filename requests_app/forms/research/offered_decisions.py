"""A decision of the newsroom's own, as it is to stand in arguments."""

from collections.abc import Sequence
from typing import Any

from django import forms

from requests_app.actions.research.offered_decisions import Offer
from requests_app.research.coding.sources import Source


class OfferForm(forms.Form):
    text = forms.CharField(
        label="The paragraph, as a filing prints it",
        max_length=8000,
        widget=forms.Textarea({"rows": 7, "class": "letter", "spellcheck": "true"}),
        help_text="Check the citation and the passage against the decision: from here it may reach "
        "paper.",
    )
    document = forms.ChoiceField(label="The decision, to go along as an exhibit", required=False)

    def __init__(
        self, *args: Any, exemption: str, sources: Sequence[Source], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.exemption = exemption
        self.documents = {one.key: one.file for one in sources if one.file is not None}
        field = self.fields["document"]
        assert isinstance(field, forms.ChoiceField)
        files = [(one.key, one.title) for one in sources if one.file is not None]
        field.choices = [("", "None"), *files]

    def offer(self) -> Offer:
        document = self.documents.get(self.cleaned_data["document"])
        return Offer(self.exemption, self.cleaned_data["text"], document)
