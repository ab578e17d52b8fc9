"""An appeal's filing in court, its decision, its end."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from requests_app.actions.requests.appeal_drafts import KEEP, TAKE
from requests_app.actions.requests.appeals import CourtFiling, DecidedExemption, Decision
from requests_app.forms.fields import DayField
from requests_app.forms.requests.city_acts import AnswerForm
from requests_app.forms.sending.deliveries import SendingForm
from requests_app.letters.wording.changed_sentences import ChangedSentence
from requests_app.models import AppealOutcome
from requests_app.vocabulary.research.exemption_outcomes import Became

OF_AN_EXEMPTION = ("became_", "passage_", "page_")


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

    def __init__(self, *args: Any, claims: Sequence[str] = (), **kwargs: Any) -> None:
        """`claims` are the exemptions that the city claimed, as they were recorded."""
        super().__init__(*args, **kwargs)
        self.claims = claims
        for number, claim in enumerate(claims):
            self._ask_of(number, claim)

    def adapt(self) -> None:
        del self.fields["city_reference"]

    def _ask_of(self, number: int, claim: str) -> None:
        self.fields[f"became_{number}"] = forms.ChoiceField(
            label=f"What became of “{claim}”?",
            choices=[("", "Nothing is said of it"), *Became.choices],
            required=False,
        )
        self.fields[f"passage_{number}"] = forms.CharField(
            label="What the decision says of it, word for word",
            required=False,
            max_length=4000,
            widget=forms.Textarea({"rows": 3}),
        )
        self.fields[f"page_{number}"] = forms.CharField(
            label="On which page", required=False, max_length=60
        )

    @property
    def about_decision(self) -> list[forms.BoundField]:
        """All but what is asked of each exemption."""
        return [field for field in self if not field.name.startswith(OF_AN_EXEMPTION)]

    @property
    def about_exemptions(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (claim, [self[f"{name}{number}"] for name in OF_AN_EXEMPTION])
            for number, claim in enumerate(self.claims)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number, claim in enumerate(self.claims):
            said = cleaned.get(f"passage_{number}") or cleaned.get(f"page_{number}")
            if said and not cleaned.get(f"became_{number}"):
                self.add_error(f"became_{number}", f"Say what became of “{claim}”.")
        return cleaned

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
            tuple(self._exemptions()),
        )

    def _exemptions(self) -> Iterator[DecidedExemption]:
        cleaned = self.cleaned_data
        for number, claim in enumerate(self.claims):
            if became := cleaned[f"became_{number}"]:
                passage, page = cleaned[f"passage_{number}"], cleaned[f"page_{number}"]
                yield DecidedExemption(claim, Became(became), passage.strip(), page.strip())


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
