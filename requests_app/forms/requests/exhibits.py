"""A paper added to a challenge: one that the request has, or a file from the writer's computer."""

from typing import Any

from django import forms

from requests_app.filings import checks, proposing
from requests_app.forms.fields import FilesField
from requests_app.models import Appeal, Attachment


class PaperForm(forms.Form):
    """A letter of ours or a message, by the key that `paper` gives back."""

    paper = forms.ChoiceField(label="Letter or message of this request")

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = {checks.paper_of(exhibit) for exhibit in appeal.exhibits.all()}
        field = self.fields["paper"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("-".join(map(str, paper.paper)), paper.title)
            for paper in proposing.all_papers(appeal)
            if paper.paper not in taken
        ]

    @property
    def has_any(self) -> bool:
        field = self.fields["paper"]
        assert isinstance(field, forms.ChoiceField)
        return bool(field.choices)

    def asked_for(self) -> tuple[str, int]:
        kind, _, pk = self.cleaned_data["paper"].partition("-")
        return kind, int(pk)


class FileForm(forms.Form):
    """A file of the request by itself, or one that is uploaded, under a title of the writer's."""

    title = forms.CharField(
        label="What it is",
        max_length=200,
        help_text="As the contents name it: “Photograph of the counter, November 3, 2026”.",
    )
    file = forms.ModelChoiceField(
        label="A file of this request",
        queryset=Attachment.objects.none(),
        required=False,
        empty_label="None: I upload one",
    )
    upload = FilesField(label="Or upload a file", required=False)

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        assert isinstance(field, forms.ModelChoiceField)
        of_request = Attachment.objects.filter(records_request=appeal.records_request_id)
        field.queryset = of_request.filter(quarantined="").order_by("pk")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = len(cleaned.get("upload") or ()) + bool(cleaned.get("file"))
        if chosen != 1 and not self.errors:
            raise forms.ValidationError("Choose one file of this request, or upload one.")
        return cleaned
