"""What an editor says of a letter: of each paragraph, and of the whole."""

from typing import Self

from django import forms
from django.http import QueryDict

from requests_app.actions.drafts.comments import Remark


def paragraphs_of(text: str) -> list[str]:
    return [block.strip() for block in text.split("\n\n") if block.strip()]


class ReviewForm(forms.Form):
    """A box beside each paragraph, and a note at the end."""

    def __init__(self, sent: QueryDict | None = None, *, text: str) -> None:
        super().__init__(sent)
        self.paragraphs = paragraphs_of(text)
        for number in range(len(self.paragraphs)):
            self.fields[f"comment_{number}"] = forms.CharField(
                label="Comment", required=False, widget=forms.Textarea({"rows": 2})
            )
        self.fields["note"] = forms.CharField(
            label="Note", required=False, widget=forms.Textarea({"rows": 2})
        )
        self.fields["version"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, text: str, *, version: int, seen: str = "", sent: QueryDict | None = None) -> Self:
        """`version` and `seen` are of what the page shows: see `actions.requests.review`."""
        form = cls(sent, text=text)
        form.fields["version"].initial, form.fields["seen"].initial = version, seen
        return form

    @property
    def beside(self) -> list[tuple[str, forms.BoundField]]:
        """Each paragraph with its box."""
        return [
            (paragraph, self[f"comment_{number}"])
            for number, paragraph in enumerate(self.paragraphs)
        ]

    def remarks(self) -> list[Remark]:
        return [
            Remark(paragraph, self.cleaned_data.get(f"comment_{number}", ""))
            for number, paragraph in enumerate(self.paragraphs)
        ]
