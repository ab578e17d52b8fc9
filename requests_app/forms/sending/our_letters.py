"""A letter of ours to the city: its words, how they go, and what a person is asked for first."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from requests_app.actions.sending.our_letters import OurLetter
from requests_app.forms.fields import DayField
from requests_app.forms.sending.deliveries import SendingForm
from requests_app.models import RecordsRequest
from requests_app.models.requests.request_lifecycle import clarification_is_open
from requests_app.vocabulary.letter_description import ChallengeOffer, Offer, Question, Shape


class ReplyForm(SendingForm):
    """The letter's words and its way to the city."""

    text = forms.CharField(
        label="The letter",
        widget=forms.Textarea({"rows": 14, "class": "letter", "spellcheck": "true"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["channel", "text"])

    def letter(self, entered: Mapping[str, Any]) -> OurLetter:
        """`entered`: what the wording asked for beside it, as `TypedForm.facts`."""
        return OurLetter(self.cleaned_data["text"], self.sending(), entered)

    @property
    def way_fields(self) -> list[forms.BoundField]:
        """What is asked about the sending, below the words."""
        return [field for field in self if field.name not in {"channel", "text"}]


class TypedForm(forms.Form):
    """What the wording of a letter needs from a person. Most letters need nothing."""

    def __init__(self, *args: Any, records_request: RecordsRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records_request = records_request
        self.adapt()

    def adapt(self) -> None:
        """Where a form asks what depends on the request."""

    def facts(self) -> dict[str, Any]:
        """For the wording, by the names that the letter declares."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def proposed(self) -> dict[str, Any]:
        """The same, as the form has it before anybody typed."""
        begun = {
            name: self.get_initial_for_field(field, name) for name, field in self.fields.items()
        }
        return {name: value for name, value in begun.items() if value}

    def arguments(self) -> dict[str, Any]:
        """What the action takes beside the letter."""
        return {}


def form_of(offer: Offer | ChallengeOffer) -> type[TypedForm]:
    """The form that asks what the letter's description says."""
    fields = {question.name: _field(question) for question in offer.questions}
    form: type[TypedForm] = type("OfferedLetterForm", (_DescribedForm,), {**fields, "offer": offer})
    return form


class _DescribedForm(TypedForm):
    """Begins with what the request says already, and cleans lists to their entries."""

    offer: Offer | ChallengeOffer

    def adapt(self) -> None:
        for question in self.offer.questions:
            if question.starts_as:
                field = self.fields[question.name]
                field.initial = getattr(self.records_request, question.starts_as)

    def facts(self) -> dict[str, Any]:
        lists = {one.name for one in self.offer.questions if one.shape is Shape.LIST}
        return {
            name: value.splitlines() if name in lists else value
            for name, value in super().facts().items()
        }


def _field(question: Question) -> forms.Field:
    about: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help_text,
        "required": question.is_required,
    }
    if question.shape is Shape.AMOUNT:
        return forms.DecimalField(min_value=Decimal("0.01"), decimal_places=2, **about)
    if question.shape is Shape.DAY:
        return DayField(**about)
    if question.shape is Shape.YES_OR_NO:
        return forms.BooleanField(initial=question.example, **about)
    if question.shape is Shape.LINE:
        return forms.CharField(max_length=300, **about)
    return forms.CharField(widget=forms.Textarea({"rows": 4}), **about)


class NarrowingForm(TypedForm):
    narrowed = forms.CharField(
        label="What do you ask for now?",
        widget=forms.Textarea({"rows": 4}),
        help_text="A line for each thing. The desk keeps it as what is asked for from now on.",
    )
    answers_question = forms.BooleanField(
        label="This answers the city’s question", required=False, initial=True
    )

    def adapt(self) -> None:
        if not clarification_is_open(self.records_request):
            del self.fields["answers_question"]

    def clean_narrowed(self) -> list[str]:
        lines = self.cleaned_data["narrowed"].splitlines()
        return [line.strip() for line in lines if line.strip()]

    def facts(self) -> dict[str, Any]:
        return {"narrowed": self.cleaned_data["narrowed"]}

    def proposed(self) -> dict[str, Any]:
        named = super().proposed()
        return {name: value for name, value in named.items() if name != "answers_question"}

    def arguments(self) -> dict[str, Any]:
        answers = self.cleaned_data.get("answers_question", False)
        return {"answers_question": answers}


class FeeWaiverForm(TypedForm):
    fee_waiver_ground = forms.CharField(
        label="Why should the fee be waived?",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="What the public learns from these records, in a sentence.",
    )

    def adapt(self) -> None:
        ground = self.records_request.particulars.get("fee_waiver_ground", "")
        self.fields["fee_waiver_ground"].initial = ground


class SuitForm(TypedForm):
    answer_by_on = DayField(
        label="Answer wanted by",
        required=False,
        help_text="A day that gives the city time to answer. Left empty, the letter names none.",
    )

    def clean_answer_by_on(self) -> Any:
        day = self.cleaned_data["answer_by_on"]
        if day and day <= self.records_request.city.local_date(timezone.now()):
            raise forms.ValidationError("Choose a day that is still to come.")
        return day


class WithdrawalLetterForm(TypedForm):
    reason = forms.CharField(
        label="Why do you withdraw it?",
        required=False,
        max_length=300,
        help_text="If the city should know. It may stay empty.",
    )
