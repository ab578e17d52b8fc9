"""A city's own blank PDF form, as a newsroom keeps it for an office."""

from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from cities.schema.load import load_city
from requests_app import letters
from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.letters.forms.office_form import examine
from requests_app.models import CityForm, Newsroom

MAX_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A city's own form as somebody uploads it, with where they found it."""

    name: str
    pdf: bytes
    source: str


@transaction.atomic
def keep_form(
    newsroom: Newsroom,
    form: BlankForm,
    *,
    city_slug: str,
    office_role: str,
    by: Attribution,
) -> CityForm:
    """In use for the office from now on; the one before is put away. Letters keep their own."""
    Newsroom.objects.select_for_update(no_key=True).get(pk=newsroom.pk)
    _check_office(city_slug, office_role)
    if not form.source.strip():
        raise Refused("Say where you found the form: a page, a call, a letter.")
    if len(form.pdf) > MAX_BYTES:
        raise Refused(f"The form is larger than {MAX_BYTES // 2**20} MB: look for a smaller copy.")
    try:
        examine(form.pdf)
    except letters.LetterError as error:
        raise Refused(str(error)) from error
    CityForm.objects.filter(
        newsroom=newsroom, city=city_slug, office=office_role, retired_at=None
    ).update(retired_at=by.at)
    return CityForm.objects.create(
        newsroom=newsroom,
        city=city_slug,
        office=office_role,
        name=form.name[:200],
        source=form.source.strip(),
        pdf=form.pdf,
        sha256=sha256(form.pdf).hexdigest(),
        uploaded_at=by.at,
        uploaded_by=by.user,
    )


@transaction.atomic
def put_away_form(
    city_form: CityForm,
    *,
    by: Attribution,
) -> None:
    """Letters to the office go without it from now on."""
    taken = CityForm.objects.filter(pk=city_form.pk, retired_at=None).update(retired_at=by.at)
    if not taken:
        raise Refused("This form was put away already: reload the page.")


def _check_office(city_slug: str, office_role: str) -> None:
    try:
        load_city(city_slug).office(office_role)
    except LookupError as error:
        raise Refused(f"{error}.") from error
