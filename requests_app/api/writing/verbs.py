"""What verbs of the API have in common: the permission, the body by a form, the answer."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.api.protocol.form_bodies import Made, entered
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.json_bodies import JSONObject
from requests_app.api.protocol.views import Write, attribution
from requests_app.api.reading.appeals import AppealSerializer
from requests_app.api.reading.request_facts import RequestSerializer
from requests_app.api.reading.seen import (
    appeal_at,
    person,
    request_at,
    with_headlines,
)
from requests_app.models import Appeal, RecordsRequest
from requests_app.permissions import require


class Nothing(forms.Form):
    """Of a verb that asks nothing."""


class OfRequest(Write):
    """A verb of one request: answers the request as it stands then."""

    permission = ""
    serializer_class: Any = RequestSerializer
    queryset = RecordsRequest.objects.none()
    parser_classes = [JSONObject, MultiPartParser]

    def act(self, request: Request, public_id: str = "", **kwargs: Any) -> Response:
        rr = request_at(request, public_id)
        require(person(request), self.permission, rr)
        self.do(rr, request, **kwargs)
        return answer_of(rr, request)

    def do(self, rr: RecordsRequest, request: Request, **kwargs: Any) -> None:
        raise NotImplementedError

    def body(self) -> dict[str, Schema]:
        return body_of(Nothing.base_fields)


def answer_of(rr: RecordsRequest, request: Request, status: int = 200) -> Response:
    """The request read anew, as the list has it. Who gave it away may see it no longer."""
    found = with_headlines(RecordsRequest.objects.filter(pk=rr.pk)).get()
    data = RequestSerializer(found, context={"request": request}).data
    headers = {"Location": data["url"]} if status == 201 else None
    return Response(data, status=status, headers=headers)


class Plainly(OfRequest):
    """A verb that asks nothing but to be done: `does(request, by=…)`."""

    does: ClassVar[Callable[..., Any]]

    def do(self, rr: RecordsRequest, request: Request, **kwargs: Any) -> None:
        asked(request, lambda data, files: [Nothing(data)])
        type(self).does(rr, by=attribution(request))


def asked(request: Request, make: Made) -> Any:
    """The forms with the call's body in them, all valid."""
    return entered(request.data, request.FILES, make)


class OfThing(Write):
    """A verb of one thing of another kind, or one that makes it: answers it as it stands then."""

    permission = ""
    success = 200
    parser_classes = [JSONObject, MultiPartParser]

    def act(self, request: Request, **kwargs: Any) -> Response:
        thing = self.thing(request, **kwargs)
        if self.permission:
            require(person(request), self.permission, thing)
        row = self.do(thing, request)
        data = self.drawn(row)
        location = data.get("url") if self.success == 201 else None
        headers = {"Location": location} if location else None
        return Response(data, status=self.success, headers=headers)

    def drawn(self, row: Any) -> Any:
        return self.get_serializer(row).data

    def thing(self, request: Request, **kwargs: Any) -> Any:
        """What the address names, where this person sees it."""
        raise NotImplementedError

    def do(self, thing: Any, request: Request) -> Any:
        """Does it, and gives the row to answer with."""
        raise NotImplementedError

    def body(self) -> dict[str, Schema]:
        return body_of(Nothing.base_fields)


class OfAppeal(Write):
    """A verb of one challenge: answers the challenge as it stands then."""

    permission = ""
    serializer_class = AppealSerializer
    queryset = Appeal.objects.none()
    parser_classes = [JSONObject, MultiPartParser]

    def act(self, request: Request, pk: int = 0, **kwargs: Any) -> Response:
        appeal = appeal_at(request, pk)
        require(person(request), self.permission, appeal)
        self.do(appeal, request)
        return answer_of_appeal(appeal, request)

    def do(self, appeal: Appeal, request: Request) -> None:
        raise NotImplementedError

    def body(self) -> dict[str, Schema]:
        return body_of(Nothing.base_fields)


def answer_of_appeal(appeal: Appeal, request: Request, status: int = 200) -> Response:
    found = Appeal.objects.select_related("records_request").get(pk=appeal.pk)
    data = AppealSerializer(found, context={"request": request}).data
    headers = {"Location": data["url"]} if status == 201 else None
    return Response(data, status=status, headers=headers)
