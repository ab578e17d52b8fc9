"""What was said on the telephone, on paper or in person, as a person writes it down."""

from collections.abc import Iterable
from typing import Any

from django import forms

from requests_app.actions.mail.calls_and_letters import CallOrLetter
from requests_app.forms.fields import DayField, FilesField
from requests_app.models import Channel

LATER, CORRESPONDENCE = "", "correspondence"


class CallOrLetterForm(forms.Form):
    """How it came, when, from whom, what was said; and, for who knows it already, what it is."""

    channel = forms.ChoiceField(
        label="How did it come?",
        choices=[
            (channel.value, channel.described.heard_label)
            for channel in reversed(Channel)  # a call first: most come so
            if channel.described.heard_label
        ],
        initial=Channel.PHONE,
        widget=forms.RadioSelect,
    )
    on = DayField(label="On which day?", help_text="The city’s day on which it reached you.")
    who = forms.CharField(
        label="Who was it?",
        max_length=200,
        required=False,
        help_text="A name, and the office: “Dana Ortiz, Records Unit”.",
    )
    text = forms.CharField(
        label="What was said?",
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text="In their words where you have them. The desk looks in them for what it may be.",
    )
    files = FilesField(  # type: ignore[assignment]
        label="Files", required=False, help_text="The letter as a scan, a photograph, a recording."
    )
    meaning = forms.ChoiceField(
        label="What is it?",
        required=False,
        help_text="An act that you choose here is recorded on the next page, from this.",
    )

    def __init__(self, *args: Any, acts: Iterable[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meaning = self.fields["meaning"]
        assert isinstance(meaning, forms.ChoiceField)
        meaning.choices = [
            (LATER, "I look at it on the next page"),
            *((act["slug"], act["label"]) for act in acts),
            (CORRESPONDENCE, "None of these: keep it as correspondence"),
        ]

    def heard(self) -> CallOrLetter:
        cleaned = self.cleaned_data
        return CallOrLetter(
            channel=cleaned["channel"],
            on=cleaned["on"],
            who=cleaned["who"],
            text=cleaned["text"],
            files=cleaned["files"],
        )

    @property
    def is_correspondence(self) -> bool:
        return self.cleaned_data["meaning"] == CORRESPONDENCE

    @property
    def act(self) -> str:
        """The act it is said to be, by its slug; "" where that is said later or it is none."""
        return "" if self.is_correspondence else self.cleaned_data["meaning"]
