"""A city's own PDF form, filled from a letter's facts; what cannot be filled is listed.

examine(pdf)                          what fields a blank form has, or why it cannot be filled
mapping_for(city, office_role)        the pack's mapping for the office, where it has one
fill(pdf, mapping, facts)             the filled form, and what was left empty and why
prepare(letter)                       all of it for a letter, from the newsroom's form in use
"""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from cities.schema.city import City
from cities.schema.forms import FormMapping
from requests_app.letters.errors import LetterError
from requests_app.letters.forms import facts_as_text
from requests_app.letters.forms.form_facts import FormFacts
from requests_app.letters.forms.form_values import Filled, FormField, FormFields, Unfilled
from requests_app.letters.planned_letter import PlannedLetter
from requests_app.models import CityForm, LetterKind, Newsroom
from requests_app.storage.cage.calling import Answer, call
from requests_app.storage.cage.errors import CageError, RefusalError
from requests_app.storage.cage.limits import MEGABYTE, Limits

__all__ = [
    "Filled", "FormField", "FormFields", "Prepared", "Unfilled", "examine", "fill", "in_use",
    "mapping_for", "prepare", "sample",
]  # fmt: skip

PROGRAM = "requests_app.letters.forms.form_program"
LIMITS = Limits(cpu_seconds=30, wall_seconds=40, memory=512 * MEGABYTE, output=64 * MEGABYTE)
MAX_BYTES = 20 * MEGABYTE
T = TypeVar("T")


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
    return _call("examine", pdf, FormFields).value


def mapping_for(city: City, office_role: str) -> FormMapping | None:
    """The pack's mapping for an office's form; None where it has none, or an unverified one."""
    mapping = city.office(office_role).form
    return mapping if mapping and mapping.may_be_used else None


def fill(pdf: bytes, mapping: FormMapping, facts: FormFacts) -> Filled:
    """The form with the facts in it, the same bytes for the same facts. LetterError: `examine`."""
    targets = {
        fact: [(target.field, target.choose) for target in each]
        for fact, each in mapping.fields.items()
    }
    answer = _call("fill", pdf, tuple[Unfilled, ...], targets=targets, facts=dict(facts))
    return Filled(answer.written, answer.value)


def sample(pdf: bytes, mapping: FormMapping) -> Filled:
    """The form filled with examples, to be looked at."""
    return fill(pdf, mapping, facts_as_text.EXAMPLES)


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


def _call(function: str, pdf: bytes, returns: type[T], **arguments: Any) -> Answer[T]:
    """LetterError: why the form cannot be filled."""
    if len(pdf) > MAX_BYTES:
        raise LetterError("The form is larger than 20 MB: the city's own file is smaller.")
    try:
        return call(f"{PROGRAM}:{function}", pdf, returns=returns, limits=LIMITS, **arguments)
    except RefusalError as reason:
        raise LetterError(str(reason)) from reason
    except CageError as error:
        raise LetterError(
            "The form could not be opened here: it is damaged, or takes more time or memory than "
            "a form may. Download it from the city again, or fill it by hand and attach it."
        ) from error
