"""An appeal's filing in court, its decision, its end."""

from collections.abc import Sequence
from typing import Any

from django import forms

from requests_app.actions.requests.appeal_drafts import KEEP, TAKE
from requests_app.actions.requests.appeals import CourtFiling, Decision
from requests_app.forms.fields import DayField
from requests_app.forms.requests.city_acts import AnswerForm
from requests_app.forms.sending.deliveries import SendingForm
from requests_app.letters.wording.changed_sentences import ChangedSentence
from requests_app.models import AppealOutcome


class DecisionForm(AnswerForm):
    on = DayField(label="On which day was it decided?")
    outcome = forms.ChoiceField(
        label="What was decided?", choices=AppealOutcome.choices, widget=forms.RadioSelect
    )
    body_reference = forms.CharField(
        label="The body's docket number", required=False, max_length=120
    )

    comply_by_on = DayField(
        label="By when must the city comply, if the decision names a day?",
        required=False,
        help_text="It stands on the board and in the calendar until the city has complied.",
    )

    field_order = ["on", "outcome", "body_reference", "comply_by_on"]

    def adapt(self) -> None:
        del self.fields["city_reference"]

    def answer(self) -> Any:
        self.cleaned_data.setdefault("city_reference", "")
        return super().answer()

    def decision(self) -> Decision:
        cleaned = self.cleaned_data
        return Decision(
            cleaned["on"],
            cleaned["outcome"],
            self.answer(),
            cleaned["body_reference"],
            cleaned["comply_by_on"],
        )


class CourtFilingForm(SendingForm):
    """A case is filed by counsel; what goes from here is the notice of it to the city."""

    filed_in_court_on = DayField(label="Filed in court on")
    body_reference = forms.CharField(label="Docket number", required=False, max_length=120)

    field_order = ["channel", "filed_in_court_on", "body_reference"]

    def arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        filing = CourtFiling(cleaned["filed_in_court_on"], cleaned["body_reference"])
        return {**super().arguments(), "in_court": filing}


class WithdrawalForm(forms.Form):
    on = DayField(label="Withdrawn on")


class ReceiptForm(forms.Form):
    on = DayField(label="Received by the body on")


class UpToDateForm(forms.Form):
    """Of each sentence that the facts have changed: whether the draft takes it."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, sentences: Sequence[ChangedSentence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sentences = sentences
        for sentence in sentences:
            self.fields[sentence.key] = forms.ChoiceField(
                label="In the letter",
                choices=_choices(sentence),
                widget=forms.RadioSelect,
                initial=None if sentence.is_edited else TAKE,
                error_messages={"required": "Say whether the letter takes it."},
            )

    def asked(self) -> list[tuple[ChangedSentence, forms.BoundField]]:
        return [(sentence, self[sentence.key]) for sentence in self.sentences]

    def choices(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


def _choices(sentence: ChangedSentence) -> list[tuple[str, str]]:
    take = "Take the new words" if sentence.now else "Take it out"
    return [(TAKE, take), (KEEP, "Keep mine")]
