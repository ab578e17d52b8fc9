"""What to be reminded of, what may reach somebody, and a newsroom's settings for both."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import available_timezones

from django import forms

from requests_app.forms.fields import DayField
from requests_app.reminders.planning.reminder_days import MOST_DAYS_BEFORE

IN_DAYS = [
    ("1", "tomorrow"),
    ("7", "in a week"),
    ("14", "in two weeks"),
    ("21", "in three weeks"),
    ("28", "in four weeks"),
    ("", "on a day of my own"),
]
OF_THE_UNITED_STATES = [
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
]


def zones(none: str) -> list[Any]:
    """Those of the United States first, then every other by its name."""
    ours = {name for name, _ in OF_THE_UNITED_STATES}
    others = sorted(name for name in available_timezones() - ours if "/" in name)
    return [
        ("", none),
        ("United States", OF_THE_UNITED_STATES),
        ("Elsewhere", [(name, name.replace("_", " ")) for name in others]),
    ]


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__({"class": "short"}, format="%H:%M")


class PersonalReminderForm(forms.Form):
    """In so many days, or on a day; and what of."""

    note = forms.CharField(
        label="Remind me to",
        max_length=300,
        widget=forms.TextInput({"placeholder": "ask again"}),
        help_text="Only you see it.",
    )
    in_days = forms.ChoiceField(
        label="When?", choices=IN_DAYS, required=False, widget=forms.RadioSelect, initial="21"
    )
    on = DayField(label="The day", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """`on` is the day, however it was chosen. A day that was entered wins."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("on") and "on" not in self.errors:
            if not cleaned.get("in_days"):
                self.add_error("on", "Choose a day, or one of the spans above.")
            else:
                cleaned["on"] = self.today + timedelta(days=int(cleaned["in_days"]))
        return cleaned


class ChoicesForm(forms.Form):
    """What of the desk's mail reaches me, and when my morning is."""

    message = forms.BooleanField(
        label="What a city writes",
        required=False,
        help_text="At once, of requests that are mine: who wrote, and where to read it. Switched "
        "off, the menu and the board still count it.",
    )
    city = forms.BooleanField(
        label="The city’s clocks",
        required=False,
        help_text="Of requests that are mine: when an answer is near, due and late.",
    )
    ours = forms.BooleanField(
        label="Our own clocks",
        required=False,
        help_text="Days to appeal, to go to court, to settle a fee. The last call, the day "
        "before and on the day, comes in any case: what it is about cannot be had again.",
    )
    escalation = forms.BooleanField(
        label="What is left undone",
        required=False,
        help_text="For editors: others’ requests that are long late, or near a day of ours.",
    )
    personal = forms.BooleanField(label="What I asked to be reminded of", required=False)
    digest = forms.BooleanField(
        label="The morning digest",
        required=False,
        help_text="On weekdays, where there is something to say.",
    )
    followed = forms.BooleanField(
        label="Datasets I follow",
        required=False,
        help_text="What changed in them, with the morning digest. Switched off, “Followed” has it.",
    )
    time_zone = forms.ChoiceField(label="My time zone", required=False)
    morning_at = forms.TimeField(
        label="My morning begins at",
        required=False,
        widget=TimeInput,
        help_text="Mail comes from then on. Left empty: the newsroom’s hour.",
    )

    def __init__(self, *args: Any, is_editor: bool, newsroom_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = zones(f"The newsroom’s ({newsroom_zone.replace('_', ' ')})")
        if not is_editor:
            del self.fields["escalation"]


class NumbersField(forms.CharField):
    """ "14, 7, 3, 1": days, largest first. Cleans to a list of numbers."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(n) for n in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        parts = [part for part in text.replace(",", " ").split() if part]
        try:
            numbers = sorted({int(part) for part in parts}, reverse=True)
        except ValueError:
            raise forms.ValidationError("Write days as numbers, such as 14, 7, 3, 1.") from None
        if any(not 0 < number <= MOST_DAYS_BEFORE for number in numbers):
            raise forms.ValidationError(f"Write numbers from 1 to {MOST_DAYS_BEFORE}.")
        return numbers


class PolicyForm(forms.Form):
    """When a newsroom's people are reminded."""

    city_before = NumbersField(
        label="Before a city’s day",
        required=False,
        widget=forms.TextInput({"class": "short"}),
        help_text="Days before, such as 7. On the day itself a reminder always comes.",
    )
    city_daily_for = forms.IntegerField(
        label="When a city is late, daily for",
        min_value=1,
        max_value=250,
        help_text="Business days of that city; after them once a week.",
    )
    ours_before = NumbersField(
        label="Before a day of ours",
        widget=forms.TextInput({"class": "short"}),
        help_text="Days before, such as 14, 7, 3, 1. The day itself and the day after come too.",
    )
    editors_after_late = forms.IntegerField(
        label="Editors hear of a late city after",
        min_value=1,
        max_value=250,
        help_text="Business days; once. From then on their digest lists it.",
    )
    editors_before_ours = forms.IntegerField(
        label="Editors hear of a day of ours from",
        min_value=0,
        max_value=MOST_DAYS_BEFORE,
        help_text="Days before it. With 0 on the day itself.",
    )
    steward_after = forms.IntegerField(
        label="Look again at a request for data after",
        min_value=1,
        max_value=250,
        help_text="Days after our last letter to its steward. No law sets a clock there.",
    )
    time_zone = forms.ChoiceField(label="Time zone", required=False)
    morning_at = forms.TimeField(label="The morning begins at", widget=TimeInput)

    def __init__(self, *args: Any, desk_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = zones(f"The desk’s ({desk_zone.replace('_', ' ')})")
        numbers = ("city_daily_for", "editors_after_late", "editors_before_ours", "steward_after")
        for name in numbers:
            self.fields[name].widget.attrs["class"] = "short"
