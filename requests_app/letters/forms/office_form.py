"""A city's own PDF form, filled from a letter's facts; what cannot be filled is listed.

examine(pdf)                          what fields a blank form has, or why it cannot be filled
mapping_for(city, office_role)        the pack's mapping for the office, where it has one
fill(pdf, mapping, facts)             the filled form, and what was left empty and why
prepare(letter)                       all of it for a letter, from the newsroom's form in use
"""

from dataclasses import dataclass, field

from cities.schema.city import City
from cities.schema.forms import FormMapping
from requests_app.letters.forms import facts_as_text, fill_fields
from requests_app.letters.forms.fill_fields import Filled, Unfilled
from requests_app.letters.forms.pdf_fields import FormField, fields_of, opened
from requests_app.letters.planned_letter import PlannedLetter
from requests_app.models import CityForm, LetterKind, Newsroom

__all__ = [
    "Filled", "FormField", "FormFields", "Prepared", "Unfilled", "examine", "fill", "in_use",
    "mapping_for", "prepare", "sample",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormFields:
    """What a blank form asks for."""

    fields: tuple[FormField, ...]
    pages: int

    def named(self, name: str) -> FormField | None:
        return next((one for one in self.fields if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A form filled for a letter that is not issued yet."""

    city_form: CityForm
    filled: Filled = field(repr=False)

    @property
    def name(self) -> str:
        """As the letter lists it among its enclosures, and as it is attached."""
        return self.city_form.name


def examine(pdf: bytes) -> FormFields:
    """The form's fields. LetterError says why it cannot be filled: locked, XFA, no fields, …"""
    with opened(pdf) as form:
        return FormFields(tuple(one.described for one in fields_of(form)), len(form.pages))


def mapping_for(city: City, office_role: str) -> FormMapping | None:
    """The pack's mapping for an office's form; None where it has none, or an unverified one."""
    mapping = city.office(office_role).form
    return mapping if mapping and mapping.may_be_used else None


def fill(pdf: bytes, mapping: FormMapping, facts: facts_as_text.FormFacts) -> Filled:
    """The form with the facts in it, the same bytes for the same facts. LetterError: `examine`."""
    return fill_fields.fill(pdf, mapping, facts)


def sample(pdf: bytes, mapping: FormMapping) -> Filled:
    """The form filled with examples, to be looked at."""
    return fill_fields.fill(pdf, mapping, facts_as_text.EXAMPLES)


def in_use(newsroom: Newsroom, city_slug: str, office_role: str) -> CityForm | None:
    """The blank form that the newsroom keeps for that office."""
    return CityForm.objects.filter(
        newsroom=newsroom, city=city_slug, office=office_role, retired_at__isnull=True
    ).first()


def prepare(letter: PlannedLetter) -> Prepared | None:
    """The form that goes with a letter; None where none does. LetterError: it cannot be filled.

    A form goes with the letter that begins a request, where the newsroom keeps the office's form
    and the pack says how it is filled.
    """
    request = letter.records_request
    if letter.kind not in LetterKind.requests():
        return None
    mapping = mapping_for(request.city, request.office_role)
    if mapping is None:
        return None
    blank = in_use(request.newsroom, request.city_slug, request.office_role)
    if blank is None:
        return None
    facts = facts_as_text.of(request, signer=letter.signer, on=letter.dated_on)
    return Prepared(blank, fill(bytes(blank.pdf), mapping, facts))
