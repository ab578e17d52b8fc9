"""Datasets and searches in a city's catalog, followed and let go."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request

from cities.schema.load import city_slugs
from requests_app.actions.catalog import following
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.followed import WatchSerializer, watches_of
from requests_app.api.reading.seen import person
from requests_app.api.writing.verbs import Nothing, OfThing, asked
from requests_app.catalog.dataset_search import FORMATS, LONGEST, DatasetSearch
from requests_app.models import CatalogDataset, DatasetWatch


class SearchForm(forms.Form):
    """What the list of a city's datasets is searched by, without the state: what is new is
    published."""

    q = forms.CharField(
        label="Words, each of which stands in it.", required=False, max_length=LONGEST
    )
    theme = forms.CharField(required=False, max_length=LONGEST)
    steward = forms.CharField(required=False, max_length=LONGEST)
    format = forms.ChoiceField(required=False, choices=[("", "Any"), *((f, f) for f in FORMATS)])

    def search(self) -> DatasetSearch:
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in self.cleaned_data.items() if value})
        return DatasetSearch.read(query)


class _Followed(OfThing):
    success = 201
    serializer_class: Any = WatchSerializer
    queryset: QuerySet[Any] = DatasetWatch.objects.none()


class FollowDataset(_Followed):
    """What changes in it is told to you: answers 201 with what you follow, the same if you did."""

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> CatalogDataset:
        here = person(request).membership.newsroom
        return get_object_or_404(CatalogDataset.objects.for_newsroom(here), pk=pk)

    def do(self, dataset: CatalogDataset, request: Request) -> DatasetWatch:
        asked(request, lambda data, _: [Nothing(data)])
        return following.follow_dataset(dataset, by=attribution(request))


class FollowSearch(_Followed):
    """What is new in a city's catalog and fits is told to you: answers 201."""

    def thing(self, request: Request, state: str = "", city: str = "", **kwargs: Any) -> str:
        slug = f"{state}/{city}"
        if slug not in city_slugs():
            raise Http404
        return slug

    def do(self, slug: str, request: Request) -> DatasetWatch:
        [form] = asked(request, lambda data, _: [SearchForm(data)])
        return following.follow_search(slug, form.search(), by=attribution(request))

    def body(self) -> dict[str, Schema]:
        return body_of(SearchForm.base_fields)


class StopFollowing(_Followed):
    """No longer told: answers what was followed."""

    success = 200

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> DatasetWatch:
        return get_object_or_404(watches_of(request), pk=pk)

    def do(self, watch: DatasetWatch, request: Request) -> DatasetWatch:
        asked(request, lambda data, _: [Nothing(data)])
        following.stop_following(watch, by=person(request))
        return watch


class SeenSerializer(serializers.Serializer[Any]):
    """How many changes were new until now."""

    seen = serializers.IntegerField()


class MarkNewsSeen(_Followed):
    """All that changed in what you follow is seen."""

    success = 200
    serializer_class: Any = SeenSerializer

    def thing(self, request: Request, **kwargs: Any) -> None:
        return None

    def do(self, thing: None, request: Request) -> dict[str, int]:
        asked(request, lambda data, _: [Nothing(data)])
        return {"seen": following.mark_seen(by=attribution(request))}
