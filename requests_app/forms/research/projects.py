"""A project's name, and what is put into it."""

from typing import Any

from django import forms

from requests_app.models import Newsroom, Project
from requests_app.typed_numbers import whole_number


class ProjectForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    description = forms.CharField(
        label="What it is about",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )


class PlacementForm(forms.Form):
    """Into which project, or out of the one it is in."""

    project = forms.ModelChoiceField(
        label="Project", queryset=Project.objects.none(), required=False, empty_label="None"
    )

    def __init__(self, *args: Any, newsroom: Newsroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["project"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Project.objects.filter(newsroom=newsroom)


class EntriesForm(PlacementForm):
    """Any number of entries of the log at once. Which of them this person sees, the act finds."""

    entry = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["entry"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(key, key) for key in self._asked() if whole_number(key) is not None]

    def _asked(self) -> list[str]:
        return list(self.data.getlist("entry")) if hasattr(self.data, "getlist") else []
