"""What the city offers or gives to settle a challenge: its day, its words and its files."""

from typing import Any

from requests_app.forms.fields import DayField
from requests_app.forms.requests.city_acts import AnswerForm


class SettlementForm(AnswerForm):
    on = DayField(label="On which day did the city offer or give it?")

    def adapt(self) -> None:
        del self.fields["city_reference"]

    def answer(self) -> Any:
        self.cleaned_data.setdefault("city_reference", "")
        return super().answer()
