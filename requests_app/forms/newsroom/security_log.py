"""What of the security log is shown."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from requests_app.models import Newsroom, SecurityEvent, User
from requests_app.vocabulary.security_kinds import security_kinds


class SecurityLogForm(forms.Form):
    """Every field may be left empty. A day is the desk's own."""

    kind = forms.ChoiceField(label="What happened", required=False)
    person = forms.ModelChoiceField(
        User.objects.none(), label="Who, or about whom", required=False, empty_label="Anybody"
    )
    address = forms.CharField(label="From the address", required=False, max_length=45)
    since = forms.DateField(
        label="From the day", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label="To the day", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, newsroom: Newsroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newsroom = newsroom
        kind: Any = self.fields["kind"]
        kind.choices = [("", "Anything"), *sorted(security_kinds(), key=lambda one: one[1])]
        person: Any = self.fields["person"]
        person.queryset = User.objects.filter(membership__newsroom=newsroom).order_by("name")

    def found(self) -> QuerySet[SecurityEvent]:
        """Of this newsroom. None where a filter cannot be followed, which its field says."""
        entries: QuerySet[SecurityEvent] = SecurityEvent.objects.filter(newsroom=self.newsroom)
        if not self.is_valid():
            return entries.none()
        asked = self.cleaned_data
        if asked["kind"]:
            entries = entries.filter(kind=asked["kind"])
        if asked["person"]:
            entries = entries.filter(Q(by=asked["person"]) | Q(about=asked["person"]))
        if asked["address"]:
            entries = entries.filter(address=asked["address"].strip())
        if asked["since"]:
            entries = entries.filter(at__gte=_midnight(asked["since"]))
        if asked["until"]:
            entries = entries.filter(at__lt=_midnight(asked["until"], days=1))
        return entries.select_related("by", "about")


def _midnight(day: date, *, days: int = 0) -> datetime:
    """The beginning of the day, or so many days later; of the last day there is, its own."""
    try:
        return timezone.make_aware(datetime.combine(day + timedelta(days=days), time.min))
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
