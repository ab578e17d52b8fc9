"""How a letter goes out: by e-mail, or by a person's hand, and to which address."""

from typing import Any

from django import forms
from django.utils import timezone

from requests_app.forms.fields import DayField, HourField
from requests_app.forms.sending import copies
from requests_app.letters import Copy, FoundAddress, Sending
from requests_app.letters.copies import AboutLetter, OfferedCopy
from requests_app.models import Channel
from requests_app.office_contacts import ResolvedFact
from requests_app.vocabulary import dates_and_amounts


def _address_field(channel: Channel) -> forms.CharField:
    label = channel.described.address_label
    if channel is Channel.EMAIL:
        return forms.EmailField(label=label)
    if channel is Channel.PORTAL:
        return forms.URLField(label=label, assume_scheme="https")
    if channel is Channel.PHONE:
        return forms.CharField(label=label, max_length=40)
    return forms.CharField(label=label, widget=forms.Textarea({"rows": 3}), max_length=500)


class SendingForm(forms.Form):
    """For one channel. An address that is known is used as it stands; one that nobody stated, or
    that is not verified, is entered here with where it was found. With `about`, the form asks who
    has a copy; without it, they are as the city's pack has them."""

    offered_copies: tuple[OfferedCopy, ...] = ()
    channel = forms.ChoiceField(choices=Channel.choices, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        channel: Channel,
        known: ResolvedFact,
        asks_source: bool = True,
        about: AboutLetter | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.way, self.known = channel, known
        self.fields["channel"].initial = channel.value
        if not known.may_enter_letter or self._lacks_zip_code(known.value):
            self.fields["to"] = _address_field(channel)
            self.fields["to"].initial = known.value
            if asks_source:
                self._ask_for_the_source()
        if channel.is_by_hand:
            self._ask_for_the_day()
        self.about = about
        if about:
            self.offered_copies = copies.add_fields(self, about)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        copies.check(self, self.offered_copies, cleaned)
        return cleaned

    def _lacks_zip_code(self, address: str) -> bool:
        return self.way is Channel.POST and not dates_and_amounts.has_zip_code(address)

    def clean_to(self) -> str:
        to: str = self.cleaned_data["to"]
        if self._lacks_zip_code(to):
            raise forms.ValidationError(
                "Write the whole address as it stands on an envelope, with the ZIP code at its end."
            )
        return to

    def _ask_for_the_source(self) -> None:
        self.fields["source"] = forms.CharField(
            label="Where you found it",
            max_length=300,
            help_text="A page's address, a letter, a call and with whom.",
        )
        self.fields["checked_on"] = DayField(label="Checked on", initial=timezone.localdate())

    def _ask_for_the_day(self) -> None:
        self.fields["handed_over_on"] = DayField(
            label=self.way.described.day_label,
            required=False,
            help_text="Leave it empty to do it later: the desk will remind you.",
        )
        if self.way is Channel.PORTAL:
            self.fields["handed_over_at"] = HourField()
        self.fields["confirmation"] = forms.CharField(
            label=self.way.described.confirmation_label, required=False, max_length=200
        )

    @property
    def found(self) -> FoundAddress | None:
        """A contact detail entered here with its source, to be kept for the newsroom."""
        if "source" not in self.fields:
            return None
        cleaned = self.cleaned_data
        return FoundAddress(source=cleaned["source"], checked_on=cleaned["checked_on"])

    def sending(self) -> Sending:
        cleaned = self.cleaned_data
        return Sending(
            channel=self.way,
            to=cleaned.get("to") or self.known.value,
            handed_over_on=cleaned.get("handed_over_on"),
            handed_over_at=cleaned.get("handed_over_at"),
            confirmation=cleaned.get("confirmation", ""),
            found=self.found,
            copies=copies.chosen(self.offered_copies, cleaned) if self.about else None,
        )

    def copies_so_far(self) -> tuple[Copy, ...] | None:
        """Who would have a copy as the form stands, for a look at the letter."""
        if not (self.about and self.is_bound):
            return None
        self.is_valid()
        return copies.chosen(self.offered_copies, self.cleaned_data)

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        return {"sending": self.sending()}


class FilingForm(SendingForm):
    """Of a request: with the version of the draft that the page showed, which is what is filed."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_version(self) -> int:
        version: int | None = self.cleaned_data["version"]
        if version is None:
            self.add_error(None, "Open this page again: it has to show the letter that you file.")
            return 0
        return version

    @property
    def seen_version(self) -> int | None:
        """The number that came with the form; none of a page that is opened."""
        return self.cleaned_data.get("version") if self.is_bound else None

    def show_version(self, number: int) -> None:
        """From now on the page shows that one."""
        self.data = {**self.data.dict(), "version": str(number)}  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "version": self.cleaned_data["version"]}


class HandOverForm(forms.Form):
    """A letter that was waiting to be posted, carried, entered or read out."""

    on = DayField(label="Handed over on")
    hour = HourField()
    confirmation = forms.CharField(
        label="Tracking or confirmation number", required=False, max_length=200
    )


class OtherWordsForm(forms.Form):
    """A recalled letter as it goes instead."""

    to = forms.EmailField(label="E-mail address")
    text = forms.CharField(
        label="The letter", widget=forms.Textarea({"rows": 16, "class": "letter"})
    )


class CameBackForm(forms.Form):
    """An e-mail that came back, of which the desk has no report."""

    words = forms.CharField(
        label="What you were told, such as “mailbox full”.", required=False, max_length=300
    )


class PostedForm(forms.Form):
    """Letters that were posted together."""

    on = DayField(label="Posted on")
