"""Who has a copy of a letter: what the city's pack speaks of, to keep or drop, and others."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from requests_app.letters import Copy
from requests_app.letters.copies import AboutLetter, OfferedCopy, offered_for
from requests_app.models import Channel
from requests_app.reply_addresses import BadAddress, deliverable
from requests_app.vocabulary import dates_and_amounts
from requests_app.vocabulary.copy_ways import CopyWay

MOST_COPIES = 10
CHOSEN, OTHERS, WITHOUT = "copies", "other_copies", "without_required_copy"


class AddressesField(forms.CharField):
    """E-mail addresses with commas or line breaks between them. Cleans to a tuple of them."""

    def clean(self, value: Any) -> Any:
        written = super().clean(value).replace(";", ",").replace("\n", ",")
        found = tuple(dict.fromkeys(part.strip() for part in written.split(",") if part.strip()))
        if len(found) > MOST_COPIES:
            raise forms.ValidationError(f"Copies go to {MOST_COPIES} addresses at most.")
        for address in found:
            try:
                deliverable(address)
            except BadAddress as error:
                raise forms.ValidationError(str(error)) from error
        return found


class PostalAddressesField(forms.CharField):
    """Names with their postal addresses, an empty line between two. Cleans to a tuple of copies."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        written = super().clean(value).replace("\r\n", "\n").strip()
        blocks = [block.strip() for block in written.split("\n\n") if block.strip()]
        if len(blocks) > MOST_COPIES:
            raise forms.ValidationError(f"Copies go to {MOST_COPIES} addresses at most.")
        return tuple(_posted(block) for block in blocks)


def _posted(block: str) -> Copy:
    name, _, address = block.partition("\n")
    if not dates_and_amounts.has_zip_code(address):
        raise forms.ValidationError(
            f"Under “{name}”, write the whole postal address, with the ZIP code at its end."
        )
    return Copy(name.strip(), CopyWay.PRINTED, address.strip())


def add_fields(form: forms.Form, about: AboutLetter) -> tuple[OfferedCopy, ...]:
    """The fields on a form that sends such a letter; what is offered there."""
    offered = offered_for(about)
    if offered:
        form.fields[CHOSEN] = forms.MultipleChoiceField(
            label="Copies",
            required=False,
            choices=[(one.rule.slug, in_words(one)) for one in offered],
            initial=[one.rule.slug for one in offered if one.rule.is_proposed],
            widget=forms.CheckboxSelectMultiple,
            help_text="The letter names who has one. A copy never holds the letter back.",
        )
    form.fields[OTHERS] = _others_field(about.channel)
    if any(one.rule.is_required for one in offered):
        form.fields[WITHOUT] = forms.BooleanField(
            label="Send it without a copy that the law looks to", required=False
        )
    return offered


def _others_field(channel: Channel) -> forms.CharField:
    if channel is Channel.EMAIL:
        return AddressesField(
            label="Copies to others",
            required=False,
            help_text="E-mail addresses with commas between them. Everybody sees who has a copy.",
        )
    return PostalAddressesField(
        label="Copies to others",
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="A name and its postal address below it; an empty line before the next. They are "
        "printed with the letters to be posted.",
    )


def in_words(offered: OfferedCopy) -> str:
    """Whom, how, and why, in one label."""
    doubt = "" if offered.rule.confidence.may_enter_letter else " Not verified."
    return f"{offered.copy.name} ({offered.copy.how}). {offered.copy.why}{doubt}"


def check(form: forms.Form, offered: Sequence[OfferedCopy], cleaned: Mapping[str, Any]) -> None:
    """A copy that the law looks to is dropped by a second word of its sender, never by accident."""
    if CHOSEN in form.errors or cleaned.get(WITHOUT):
        return
    chosen = cleaned.get(CHOSEN, ())
    for one in offered:
        if one.rule.is_required and one.rule.slug not in chosen:
            form.add_error(
                WITHOUT,
                f"The copy to the {one.copy.name} was dropped. {one.copy.why} Choose it again, or "
                "tick this box.",
            )


def chosen(offered: Sequence[OfferedCopy], cleaned: Mapping[str, Any]) -> tuple[Copy, ...]:
    """Those that were kept, then the others; nobody twice."""
    kept = [one.copy for one in offered if one.rule.slug in cleaned.get(CHOSEN, ())]
    others = [
        one if isinstance(one, Copy) else Copy.by_email(one) for one in cleaned.get(OTHERS, ())
    ]
    have = {one.to.lower() for one in kept if one.to}
    return (*kept, *(one for one in others if one.to.lower() not in have))
