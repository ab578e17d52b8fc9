"""What everybody may see of a city."""

from django import forms

from requests_app.actions.research.scorecards import Shown
from requests_app.forms.fields import DayField
from requests_app.research.figures.every_figure import PUBLISHABLE, TITLES


class ScorecardForm(forms.Form):
    figures = forms.MultipleChoiceField(
        label="Figures that everybody may see",
        choices=[(slug, TITLES[slug]) for slug in PUBLISHABLE],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one figure.",
            "invalid_choice": "There is no figure “%(value)s”: choose among these.",
        },
    )
    filed_from = DayField(
        label="Of requests filed from",
        required=False,
        help_text="Nothing is said of earlier ones. Leave it empty to count all.",
    )

    @property
    def shown(self) -> Shown:
        """Of a form that is valid."""
        return Shown(self.cleaned_data["figures"], self.cleaned_data["filed_from"])
