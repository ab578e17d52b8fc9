"""What is asked before a request for data becomes a records request, or a change is settled."""

from django import forms

from requests_app.vocabulary.dataset_answers import CheckedChange

KEEP, END = "keep", "end"


class TurnForm(forms.Form):
    before = forms.ChoiceField(
        label="And the request to the steward?",
        choices=[(KEEP, "Keep it open"), (END, "End it here")],
        initial=KEEP,
        widget=forms.RadioSelect,
    )

    @property
    def keeps_open(self) -> bool:
        return bool(self.cleaned_data["before"] == KEEP)


class ChangeForm(forms.Form):
    """One press a result; `version` is the change that the person has before them."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.ChoiceField(choices=[(one.value, one.name) for one in CheckedChange])
    note = forms.CharField(
        label="Note",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="For the newsroom: what is corrected, and what is not.",
    )
