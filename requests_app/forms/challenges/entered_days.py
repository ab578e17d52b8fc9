"""A day of a challenge: what it is for, when and where, and the paper that says so."""

from typing import Any

from django import forms

from requests_app.actions.challenges.entered_days import ChallengeDay, kinds_for
from requests_app.forms.fields import DayField
from requests_app.models import Appeal, Attachment, Communication
from requests_app.vocabulary.challenge_days import CameOf, DayKind
from requests_app.vocabulary.dates_and_amounts import short_weekday
from requests_app.vocabulary.event_description import Actor

WHO = (
    (Actor.OURS.value, "We do"),
    (Actor.CITY.value, "The city does"),
    (Actor.BODY.value, "The body does"),
)
CAME = (
    (CameOf.DONE.value, "It was held, or done"),
    (CameOf.CANCELED.value, "It was canceled"),
)


class ChallengeDayForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is the day for?",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label="Its name",
        required=False,
        max_length=80,
        help_text="For another day alone, such as “Deposition of the records clerk”.",
    )
    whose = forms.ChoiceField(
        label="Who acts on it?",
        required=False,
        choices=[("", "Follows from what it is for"), *WHO],
        help_text="For another day alone.",
    )
    due_on = DayField(label="On which day?")
    hour = forms.TimeField(
        label="At what hour, in the city",
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Write the hour as 10:00."},
    )
    place = forms.CharField(
        label="Where, or the link", required=False, max_length=300,
        help_text="A room, an address, or the address of a video hearing.",
    )  # fmt: skip
    heard_on = DayField(label="When were we told?")
    paper = forms.ChoiceField(label="The paper that says so", required=False)

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = self.fields["kind"]
        assert isinstance(kinds, forms.ChoiceField)
        kinds.choices = [(kind.value, kind.described.label) for kind in kinds_for(appeal)]
        self.papers = _papers_of(appeal)
        choices = [("", "None is filed here"), *((key, label) for key, (label, _) in self.papers)]
        field = self.fields["paper"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == DayKind.OWN:
            if not cleaned.get("name", "").strip():
                self.add_error("name", "Say in a few words what the day is for.")
            if not cleaned.get("whose"):
                self.add_error("whose", "Say who has to act on that day.")
        else:
            cleaned |= {"name": "", "whose": ""}
        return cleaned

    def day(self) -> ChallengeDay:
        cleaned = self.cleaned_data
        papers = {key: paper for key, (_, paper) in self.papers}
        return ChallengeDay(
            DayKind(cleaned["kind"]),
            cleaned["due_on"],
            cleaned["heard_on"],
            hour=cleaned["hour"],
            place=cleaned["place"],
            name=cleaned["name"],
            whose=Actor(cleaned["whose"]),
            paper=papers.get(cleaned["paper"]),
        )


class WhatCameForm(forms.Form):
    came = forms.ChoiceField(label="What came of it?", choices=CAME, widget=forms.RadioSelect)
    on = DayField(
        label="On which day?", help_text="The day it was held or done, or on which it was canceled."
    )
    text = forms.CharField(
        label="A note", required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )


Paper = tuple[str, Communication | Attachment]


def _papers_of(appeal: Appeal) -> list[tuple[str, Paper]]:
    """The messages and files of the request, the newest first, by their value in the form."""
    rr = appeal.records_request
    messages = Communication.objects.messages().filter(records_request=rr, taken_out_at=None)
    found: list[tuple[str, Paper]] = [
        (f"message-{one.pk}", (_of_a_message(one), one)) for one in messages.order_by("-on", "-pk")
    ]
    files = Attachment.objects.filter(records_request=rr, quarantined="").order_by("-pk")
    return found + [(f"file-{one.pk}", (f"File: {one.name}", one)) for one in files[:100]]


def _of_a_message(message: Communication) -> str:
    subject = f": {message.mail.subject}" if message.mail_id and message.mail else ""
    return f"{message.get_channel_display()} of {short_weekday(message.on)}{subject}"[:120]
