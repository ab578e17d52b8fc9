"""What a newsroom finds out about a city: how an office is reached, when the city was closed."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from rest_framework.request import Request

from cities.clocks.derive import Closure as LegalClosure
from cities.schema.city import City
from cities.schema.load import city_slugs, load_city
from requests_app import office_contacts
from requests_app.actions.cities import contacts
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.cities import CitySerializer, ClosureSerializer
from requests_app.api.reading.seen import person
from requests_app.api.writing.verbs import OfThing, asked
from requests_app.forms.cities.city_pages import ClosureForm, OfficeEntryForm
from requests_app.models import Closure
from requests_app.permissions import require


def city_named(state: str, city: str) -> City:
    slug = f"{state}/{city}"
    if slug not in city_slugs():
        raise Http404
    return load_city(slug)


class EnterOffice(OfThing):
    """How an office is reached, for your newsroom: what is left out stays as it was, what is empty
    is as the pack says it. Answers what the pack says of the city."""

    serializer_class: Any = CitySerializer

    def thing(
        self, request: Request, state: str = "", city: str = "", role: str = "", **kwargs: Any
    ) -> City:
        require(person(request), "enter_office")
        self.role, found = role, city_named(state, city)
        if role not in {office.role.value for office in found.offices}:
            raise Http404
        return found

    def do(self, city: City, request: Request) -> City:
        newsroom = person(request).membership.newsroom
        office = office_contacts.resolve(newsroom, city, self.role)
        begun = {**office.entered, "checked_on": timezone.localdate()}
        [form] = asked(request, lambda data, _: [OfficeEntryForm(data, initial=begun)])
        contacts.enter_office(
            newsroom,
            city_slug=city.slug,
            office_role=self.role,
            by=attribution(request),
            **form.arguments(),
        )
        return city

    def body(self) -> dict[str, Schema]:
        return body_of(OfficeEntryForm.base_fields, optional=frozenset({"checked_on"}))


class EnterClosure(OfThing):
    """A day on which the city was closed: the clocks that it touches are counted anew. Answers 201
    with it."""

    success = 201
    serializer_class: Any = ClosureSerializer
    queryset = Closure.objects.none()

    def thing(self, request: Request, state: str = "", city: str = "", **kwargs: Any) -> City:
        require(person(request), "enter_closure")
        return city_named(state, city)

    def do(self, city: City, request: Request) -> Closure:
        [form] = asked(request, lambda data, _: [ClosureForm(data)])
        return contacts.enter_closure(
            person(request).membership.newsroom,
            LegalClosure(**form.cleaned_data),
            city_slug=city.slug,
            by=attribution(request),
        )

    def body(self) -> dict[str, Schema]:
        return body_of(ClosureForm.base_fields)
