"""What the packs say of cities, and the datasets that cities publish: public facts."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cities.schema.facts import Confidence
from cities.schema.load import all_cities, city_slugs, load_city
from cities.schema.offices import OfficeRole, RequestKind, RouteKind
from requests_app.api.protocol.problems import FieldError, not_valid
from requests_app.api.protocol.views import ApiView, ReadMany, ReadOne
from requests_app.api.reading.seen import person
from requests_app.models import CatalogDataset, Closure
from requests_app.ordered_places import Order


class FactSerializer(serializers.Serializer[Any]):
    """A fact as its source states it; where none does, `value` is empty: `ask` says whom to ask."""

    value = serializers.CharField(allow_blank=True)
    source = serializers.CharField(default="", allow_blank=True)  # type: ignore[assignment]
    confidence = serializers.ChoiceField(
        choices=[one.value for one in Confidence], allow_null=True, default=None
    )
    ask = serializers.CharField(default="", allow_blank=True)
    note = serializers.CharField(allow_blank=True)


class ContactSerializer(serializers.Serializer[Any]):
    """How somebody is reached."""

    email = FactSerializer()
    address = FactSerializer()
    phone = FactSerializer()
    portal_url = FactSerializer()


class OfficeSerializer(ContactSerializer):
    """An office that receives requests. `role` is what a draft names it by."""

    role = serializers.ChoiceField(choices=[one.value for one in OfficeRole])
    name = serializers.CharField()
    receives = serializers.ListField(
        child=serializers.ChoiceField(choices=[one.value for one in RequestKind])
    )
    why = serializers.CharField()


class RouteSerializer(ContactSerializer):
    """A way to appeal. `slug` is what an appeal names it by."""

    slug = serializers.CharField()
    kind = serializers.ChoiceField(choices=[one.value for one in RouteKind])
    name = serializers.CharField()
    body = serializers.CharField()
    citation = serializers.CharField()
    deadline = FactSerializer()
    decision = FactSerializer()
    fee = FactSerializer()


class ExemptionSerializer(serializers.Serializer[Any]):
    """A ground on which the law lets a city withhold."""

    slug = serializers.CharField()
    citation = serializers.CharField()
    title = serializers.CharField()


class CityInShortSerializer(serializers.Serializer[Any]):
    """A city of this desk. `slug` is what a request names it by."""

    slug = serializers.CharField()
    name = serializers.CharField()
    county = serializers.CharField()
    state = serializers.CharField()
    timezone = serializers.CharField()
    checked_on = serializers.DateField()


class CitySerializer(CityInShortSerializer):
    """A city with its offices, its ways to appeal and the exemptions of its state."""

    statute = serializers.CharField(source="statute.name")
    citation = serializers.CharField(source="statute.citation")
    offices = OfficeSerializer(many=True)
    routes = RouteSerializer(source="all_routes", many=True)
    exemptions = ExemptionSerializer(source="statute.exemptions", many=True)


class CityList(ApiView):
    """The cities that this desk has a pack of."""

    http_method_names = ["get", "head"]
    serializer_class = CityInShortSerializer
    pagination_class = None

    @extend_schema(responses=CityInShortSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(CityInShortSerializer(list(all_cities()), many=True).data)


class CityDetail(ReadOne):
    """One city, with sources."""

    serializer_class = CitySerializer

    def get_object(self) -> Any:
        slug = f"{self.kwargs['state']}/{self.kwargs['city']}"
        if slug not in city_slugs():
            raise Http404
        return load_city(slug)


class ClosureSerializer(serializers.ModelSerializer[Closure]):
    """A day on which a city was closed, as your newsroom entered it."""

    class Meta:
        model = Closure
        fields = ["id", "city", "on", "reason", "source", "entered_at"]
        read_only_fields = fields


class ClosureList(ReadMany):
    """Days on which a city was closed, as your newsroom entered them, the newest entry first."""

    serializer_class = ClosureSerializer
    queryset = Closure.objects.none()
    order = Order()

    def get_queryset(self) -> QuerySet[Closure]:
        here = person(self.request).membership.newsroom
        slug = f"{self.kwargs['state']}/{self.kwargs['city']}"
        if slug not in city_slugs():
            raise Http404
        return Closure.objects.filter(newsroom=here, city=slug)


class DatasetSerializer(serializers.ModelSerializer[CatalogDataset]):
    """A dataset of a city's catalog, as its portal describes it. `id` is what a request cites."""

    city = serializers.CharField(source="portal.city_slug")
    description = serializers.CharField(source="facts.description", default="", allow_blank=True)
    landing_url = serializers.CharField(source="facts.landing_url", default="", allow_blank=True)

    class Meta:
        model = CatalogDataset
        fields = [
            "id", "city", "external_id", "title", "description", "landing_url", "steward",
            "data_updated_at", "first_seen_at", "last_seen_at", "withdrawn_at",
        ]  # fmt: skip
        read_only_fields = fields


class DatasetList(ReadMany):
    """The datasets in the catalogs that your newsroom reads, withdrawn ones too."""

    serializer_class = DatasetSerializer
    queryset = CatalogDataset.objects.none()
    order = Order(newest_first=False)

    def query_parameters(self) -> list[dict[str, Any]]:
        about = "Of one city alone, by its slug."
        schema = {"type": "string", "enum": sorted(city_slugs())}
        named = {"name": "city", "in": "query", "required": False}
        return [{**named, "schema": schema, "description": about}]

    def get_queryset(self) -> QuerySet[CatalogDataset]:
        found = CatalogDataset.objects.for_newsroom(person(self.request).membership.newsroom)
        if city := self.request.query_params.get("city", ""):
            if city not in city_slugs():
                wrong = f"This desk knows no city “{city}”."
                raise not_valid([FieldError(wrong, parameter="city")])
            found = found.of_city(city)
        return found.select_related("portal")


class DatasetDetail(ReadOne):
    """One dataset."""

    serializer_class = DatasetSerializer
    lookup_field = "pk"
    queryset = CatalogDataset.objects.none()

    def get_queryset(self) -> QuerySet[CatalogDataset]:
        newsroom = person(self.request).membership.newsroom
        return CatalogDataset.objects.for_newsroom(newsroom).select_related("portal")
