"""Who codes what of a project, by a random choice that can be made again."""

from typing import Any

from django import forms

from requests_app.actions.research.assigning import CodingPlan
from requests_app.forms.fields import RowsField
from requests_app.models import Newsroom, User

ALL, SAMPLE = "all", "sample"


class PlanForm(forms.Form):
    coders = RowsField(
        label="Coders", queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    extent = forms.ChoiceField(
        label="What do all of them code?",
        choices=[(ALL, "Every entry"), (SAMPLE, "A random sample")],
        widget=forms.RadioSelect,
        initial=SAMPLE,
    )
    size = forms.IntegerField(label="How many entries the sample has", required=False, min_value=0)
    deals_the_rest = forms.BooleanField(
        label="Deal the other entries out, one coder each", required=False, initial=True
    )
    seed = forms.CharField(
        label="Seed of the random choice",
        max_length=80,
        help_text="Any words. With the same seed, entries and coders the choice comes out the same "
        "again, so state it where you publish.",
    )

    def __init__(self, *args: Any, newsroom: Newsroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["coders"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        people = User.objects.filter(membership__newsroom=newsroom, is_active=True)
        field.queryset = people.order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("extent") == SAMPLE and cleaned.get("size") is None:
            self.add_error("size", "Say how many entries the sample has.")
        return cleaned

    def plan(self) -> CodingPlan:
        cleaned = self.cleaned_data
        size = cleaned["size"] if cleaned["extent"] == SAMPLE else None
        deals = cleaned["deals_the_rest"]
        return CodingPlan(list(cleaned["coders"]), size, cleaned["seed"], deals_the_rest=deals)
