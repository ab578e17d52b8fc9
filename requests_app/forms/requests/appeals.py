"""An appeal's filing in court, its decision, its end."""

from typing import Any

from django import forms

from requests_app.actions.requests.appeals import Decision
from requests_app.forms.fields import DayField
from requests_app.forms.requests.city_acts import AnswerForm
from requests_app.forms.sending.deliveries import SendingForm
from requests_app.models import AppealOutcome


class DecisionForm(AnswerForm):
    on = DayField(label="On which day was it decided?")
    outcome = forms.ChoiceField(
        label="What was decided?", choices=AppealOutcome.choices, widget=forms.RadioSelect
    )
    body_reference = forms.CharField(
        label="The body's docket number", required=False, max_length=120
    )

    field_order = ["on", "outcome", "body_reference"]

    def adapt(self) -> None:
        del self.fields["city_reference"]

    def answer(self) -> Any:
        self.cleaned_data.setdefault("city_reference", "")
        return super().answer()

    def decision(self) -> Decision:
        cleaned = self.cleaned_data
        return Decision(cleaned["on"], cleaned["outcome"], self.answer(), cleaned["body_reference"])


class CourtFilingForm(SendingForm):
    """A case is filed by counsel; what goes from here is the notice of it to the city."""

    filed_in_court_on = DayField(label="Filed in court on")
    body_reference = forms.CharField(label="Docket number", required=False, max_length=120)

    field_order = ["channel", "filed_in_court_on", "body_reference"]

    def arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            **super().arguments(),
            "filed_in_court_on": cleaned["filed_in_court_on"],
            "body_reference": cleaned["body_reference"],
        }


class WithdrawalForm(forms.Form):
    on = DayField(label="Withdrawn on")


class ReceiptForm(forms.Form):
    on = DayField(label="Received by the body on")
