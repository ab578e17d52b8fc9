"""A token for another program: what it is for, what it may do, and for how long."""

from django import forms

from requests_app.actions.newsroom.access import MOST_DAYS, TokenWanted
from requests_app.models import Scope

BESIDE_READING = [(scope.value, scope.label) for scope in Scope if scope != Scope.READ]


class TokenForm(forms.Form):
    name = forms.CharField(label="What is it for?", max_length=80)
    scopes = forms.MultipleChoiceField(
        label="What may it do, beside reading what you see?",
        choices=BESIDE_READING,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Never more than you may do yourself.",
    )
    days = forms.IntegerField(
        label="For how many days?",
        min_value=1,
        max_value=MOST_DAYS,
        initial=90,
        widget=forms.NumberInput({"class": "short"}),
    )

    def wanted(self) -> TokenWanted:
        return TokenWanted(**self.cleaned_data)
