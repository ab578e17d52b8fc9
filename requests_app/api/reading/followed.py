"""What somebody follows in cities' catalogs, and what they are told of it."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request

from requests_app.api.protocol.views import ReadMany
from requests_app.api.reading.seen import person
from requests_app.models import CatalogDataset, DatasetNews, DatasetWatch
from requests_app.ordered_places import Order


class WatchSerializer(serializers.ModelSerializer[DatasetWatch]):
    """A dataset, or a search in a city's catalog: `search` as the list's own address writes it."""

    city = serializers.CharField(source="city_slug")

    class Meta:
        model = DatasetWatch
        fields = ["id", "city", "dataset", "search", "created_at"]
        read_only_fields = fields


class DatasetNewsSerializer(serializers.ModelSerializer[DatasetNews]):
    """One reading of the catalog that changed what is followed; `changed` names what of it."""

    dataset: Any = serializers.IntegerField(source="version.dataset_id")
    title = serializers.CharField(source="version.dataset.title")
    changed = serializers.ListField(child=serializers.CharField(), source="version.changed")
    changed_at = serializers.DateTimeField(source="version.seen_at")

    class Meta:
        model = DatasetNews
        fields = ["id", "watch", "dataset", "title", "changed", "changed_at", "seen_at"]
        read_only_fields = fields


def watches_of(request: Request) -> QuerySet[DatasetWatch]:
    return DatasetWatch.objects.filter(user=person(request))


class WatchList(ReadMany):
    """What you follow, the newest first."""

    serializer_class = WatchSerializer
    queryset = DatasetWatch.objects.none()
    order = Order()

    def get_queryset(self) -> QuerySet[DatasetWatch]:
        return watches_of(self.request)


class DatasetNewsList(ReadMany):
    """What changed in what you follow, the newest first; `seen_at` is null until you saw it."""

    serializer_class = DatasetNewsSerializer
    queryset = DatasetNews.objects.none()
    order = Order()

    def get_queryset(self) -> QuerySet[DatasetNews]:
        user = person(self.request)
        readable = CatalogDataset.objects.for_newsroom(user.membership.newsroom)
        mine = DatasetNews.objects.filter(watch__user=user, version__dataset__in=readable)
        return mine.select_related("version__dataset")
