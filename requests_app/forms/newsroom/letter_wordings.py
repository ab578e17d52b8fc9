"""A letter's wording as an editor types it: in parts, a paragraph or several in each."""

from typing import Any

from django import forms
from django.http import QueryDict

from requests_app.letters.wording.newsrooms_own.notation import LONGEST


class WordingForm(forms.Form):
    """The whole text, what changed and why, and the version it was written on (0: the pack's)."""

    text = forms.CharField(max_length=LONGEST, widget=forms.HiddenInput)
    note = forms.CharField(
        label="What changed, and why",
        max_length=300,
        required=False,
        help_text="It stands beside this version.",
    )
    on_top_of = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    @classmethod
    def of(cls, posted: QueryDict) -> "WordingForm":
        return cls({**posted.dict(), "text": text_of(posted)})


def text_of(posted: Any) -> str:
    """The parts as one text."""
    parts = (part.replace("\r\n", "\n").strip() for part in posted.getlist("part"))
    return "\n\n".join(part for part in parts if part)
