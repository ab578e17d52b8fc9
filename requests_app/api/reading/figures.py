"""The figures, each with its table and the numbers that its chart is drawn from."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.api.protocol.views import ApiView
from requests_app.api.reading.filters import checked, parameters_of
from requests_app.api.reading.log import visible_entries
from requests_app.api.reading.seen import person
from requests_app.forms.research.scope import ScopeForm
from requests_app.models import CountedRequest, LoggedRequest
from requests_app.research.figures.every_figure import FIGURES, TITLES
from requests_app.research.figures.population import population_of

CELL = {"type": ["string", "number", "null"]}


@extend_schema_field({"type": "array", "items": {"type": "array", "items": CELL}})
class RowsField(serializers.ListField):
    """Lines of cells: words, numbers, or null."""


class TableSerializer(serializers.Serializer[Any]):
    headings = serializers.ListField(child=serializers.CharField())
    rows = RowsField()


class FigureInShortSerializer(serializers.Serializer[Any]):
    """`slug` is what its address names it by."""

    slug = serializers.ChoiceField(choices=tuple(FIGURES))
    title = serializers.CharField()


class FigureSerializer(FigureInShortSerializer):
    """`says` is it in a sentence, `counts` what is counted, `leaves_out` what is not. `too_few`
    stands in place of the table where there are fewer than five. `numbers` are those of its CSV."""

    n = serializers.IntegerField()
    n_of = serializers.CharField()
    says = serializers.CharField(allow_blank=True)
    counts = serializers.CharField(allow_blank=True)
    leaves_out = serializers.CharField(allow_blank=True)
    too_few = serializers.CharField(allow_blank=True)
    table = TableSerializer()
    numbers = TableSerializer()


class FigureList(ApiView):
    """Which figures there are."""

    http_method_names = ["get", "head"]
    serializer_class = FigureInShortSerializer
    pagination_class = None

    @extend_schema(responses=FigureInShortSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = [{"slug": slug, "title": TITLES[slug]} for slug in FIGURES]
        return Response(FigureInShortSerializer(rows, many=True).data)


class FigureDetail(ApiView):
    """One figure, of the requests and challenges that you see, narrowed as on the page."""

    http_method_names = ["get", "head"]
    serializer_class = FigureSerializer
    pagination_class = None
    slug = ""

    def query_parameters(self) -> list[dict[str, Any]]:
        fields = ScopeForm.base_fields.items()
        return parameters_of({name: str(one.label or name) for name, one in fields})

    @extend_schema(responses=FigureSerializer)
    def get(self, request: Request) -> Response:
        form = ScopeForm(request.query_params, newsroom=person(request).membership.newsroom)
        checked(form)
        of = population_of(
            CountedRequest.objects.visible_to(person(request)),
            visible_entries(request),
            form.scope,
            at=timezone.now(),
            logged_requests=LoggedRequest.objects.visible_to(person(request)),
        )
        return Response(FigureSerializer(FIGURES[self.slug](of)).data)


SLUGS = tuple(FIGURES)
