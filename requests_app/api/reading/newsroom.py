"""Who calls, and who works in the newsroom."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request

from requests_app.api.protocol.views import ReadMany, ReadOne
from requests_app.api.reading.seen import person
from requests_app.models import ApiToken, Membership, Role, Scope
from requests_app.ordered_places import Order


class TokenSerializer(serializers.Serializer[ApiToken]):
    """The token of this call."""

    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))
    expires_at = serializers.DateTimeField()


class MeSerializer(serializers.Serializer[Any]):
    """Who calls, what they are in their newsroom, and by which token; null: by a sign-in."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=Role.choices)
    newsroom = serializers.CharField(source="membership.newsroom.name")
    token = TokenSerializer(allow_null=True)


class Me(ReadOne):
    """Who you are here."""

    serializer_class = MeSerializer

    def get_object(self) -> Any:
        user = person(self.request)
        user.token = _token(self.request)  # type: ignore[attr-defined]
        return user


def _token(request: Request) -> ApiToken | None:
    return request.auth if isinstance(request.auth, ApiToken) else None


class MemberSerializer(serializers.ModelSerializer[Membership]):
    """Somebody of the newsroom. `person` is what a request is assigned to or shared with."""

    person = serializers.IntegerField(source="user.pk")
    name = serializers.CharField(source="user.name")
    is_active = serializers.BooleanField(source="user.is_active")

    class Meta:
        model = Membership
        fields = ["person", "name", "role", "is_active"]
        read_only_fields = fields


class MemberList(ReadMany):
    """Who works in your newsroom."""

    serializer_class = MemberSerializer
    queryset = Membership.objects.none()
    order = Order(newest_first=False)

    def get_queryset(self) -> QuerySet[Membership]:
        here = person(self.request).membership.newsroom
        return Membership.objects.filter(newsroom=here).select_related("user")
