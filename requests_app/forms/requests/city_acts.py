"""What the city did, as a person enters it. Each form turns into an action's arguments."""

from typing import Any

from django import forms

from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.forms.fields import DayField, FilesField, MoneyField
from requests_app.models import Channel, Communication, RecordsRequest
from requests_app.vocabulary.dataset_answers import outcomes_of


class ActForm(forms.Form):
    """Base of everything that is recorded on a day of the city's."""

    on = DayField(label="On which day?")

    def __init__(
        self,
        *args: Any,
        records_request: RecordsRequest,
        mail: Communication | None = None,
        suggestion: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.records_request = records_request
        self.mail, self.suggestion = mail, suggestion  # what it is recorded from, if from mail
        self.adapt()

    def adapt(self) -> None:
        """Where a form asks what depends on the request's city."""

    def arguments(self) -> dict[str, Any]:
        """The action's keyword arguments, without `by` and `at`."""
        return {"on": self.cleaned_data["on"]}


class ReceivedForm(ActForm):
    on = DayField(
        label="On which day did the custodian have it?",
        help_text="The day on the receipt, or the day it was handed in. The clock starts here.",
    )
    files = FilesField(  # type: ignore[assignment]
        label="What shows it",
        required=False,
        help_text="A return receipt, or a confirmation: a challenge may have to enclose it.",
    )

    def arguments(self) -> dict[str, Any]:
        on, files = self.cleaned_data["on"], self.cleaned_data["files"]
        proof = CityAnswer(
            on, Channel.POST, files=files, mail=self.mail, suggestion=self.suggestion
        )
        return {**super().arguments(), "proof": proof}


class NoteForm(ActForm):
    text = forms.CharField(label="What should be remembered?", widget=forms.Textarea({"rows": 4}))

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "text": self.cleaned_data["text"]}


class ReasonForm(ActForm):
    """An act of ours with a line about why."""

    note = forms.CharField(label="Note", required=False, widget=forms.Textarea({"rows": 2}))

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "note": self.cleaned_data["note"]}


class AnswerForm(ActForm):
    """Something the city told us, with its words and its files."""

    on = DayField(
        label="On which day did it reach you?",
        help_text="The city's day. An e-mail that came at night counts for the day it arrived.",
    )
    channel = forms.ChoiceField(label="How?", choices=Channel.choices, initial=Channel.EMAIL)
    city_reference = forms.CharField(
        label="The city's reference", required=False, max_length=120, help_text="If it gave one."
    )
    text = forms.CharField(
        label="What it says",
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text="The city's words, or what was said on the telephone.",
    )
    files = FilesField(label="Files that came with it", required=False)  # type: ignore[assignment]

    field_order = ["on", "amount", "until", "ground", "exemptions", "to"]

    def arguments(self) -> dict[str, Any]:
        return {"answer": self.answer()}

    def answer(self) -> CityAnswer:
        cleaned = self.cleaned_data
        return CityAnswer(
            on=cleaned["on"],
            channel=cleaned["channel"],
            text=cleaned["text"],
            files=cleaned["files"],
            city_reference=cleaned["city_reference"],
            mail=self.mail,
            suggestion=self.suggestion,
        )


class GrantForm(AnswerForm):
    """All of it was done; of a request for data, in which way."""

    outcome = forms.ChoiceField(label="What did the city do?", widget=forms.RadioSelect)

    def adapt(self) -> None:
        choices = outcomes_of(self.records_request.kind)
        if not choices:
            del self.fields["outcome"]
            return
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices, field.initial = choices, choices[0][0]

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "outcome": self.cleaned_data.get("outcome", "")}


class FeesForm(AnswerForm):
    amount = MoneyField(label="How much, in dollars?")

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "amount": self.cleaned_data["amount"]}


class ExtensionForm(AnswerForm):
    until = DayField(
        label="Until which day?",
        required=False,
        help_text="The day the city named. Left empty, the law's own limit is counted.",
    )
    ground = forms.CharField(
        label="On what ground?", required=False, max_length=300, help_text="As the city gave it."
    )

    def adapt(self) -> None:
        grounds = self.records_request.city.statute.extension_grounds
        if grounds:
            choices = [
                ("", "The city gave none of these"),
                *((ground, ground) for ground in grounds),
            ]
            self.fields["ground"] = forms.ChoiceField(
                label="On what ground?", required=False, choices=choices, widget=forms.RadioSelect
            )
            self.order_fields(self.field_order)

    def arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {**super().arguments(), "until": cleaned["until"], "ground": cleaned["ground"]}


class DenialForm(AnswerForm):
    """A refusal of all or a part, with the exemptions that the city claims for it."""

    exemptions = forms.MultipleChoiceField(
        label="Which exemptions does the city claim?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other_exemption = forms.CharField(
        label="Another, as the city cites it", required=False, max_length=200
    )

    field_order = ["on", "exemptions", "other_exemption"]

    def adapt(self) -> None:
        field = self.fields["exemptions"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (exemption.citation, f"{exemption.citation}: {exemption.title}")
            for exemption in self.records_request.city.statute.exemptions
        ]

    def arguments(self) -> dict[str, Any]:
        other = self.cleaned_data["other_exemption"]
        claimed = [*self.cleaned_data["exemptions"], *([other] if other else [])]
        return {**super().arguments(), "exemptions": claimed}


class ReferralForm(AnswerForm):
    to = forms.CharField(
        label="To whom?", max_length=200, help_text="The office or agency it named."
    )

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "to": self.cleaned_data["to"]}
