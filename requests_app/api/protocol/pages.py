"""A list some rows at a time, by the same orders as the pages: see `ordered_places`."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.api.protocol.problems import FieldError, not_valid
from requests_app.ordered_places import Order

A_PAGE, MOST_ROWS = 50, 200
AFTER, LIMIT = "after", "limit"
Schema = dict[str, Any]


class PageByPlace(BasePagination):
    """`next` is the address of the page behind; null on the last. Nothing is counted."""

    _next: str | None = None

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        order: Order = view.order
        size = size_of(request)
        if text := request.query_params.get(AFTER, ""):
            place = order.place_in(text)
            if place is None:
                wrong = "This names no place in the list: follow `next` as it was given."
                raise not_valid([FieldError(wrong, parameter=AFTER)])
            queryset = queryset.filter(order.past(place, backward=False))
        rows = list(queryset.order_by(*order.names(backward=False))[: size + 1])
        if len(rows) > size:
            self._next = address_of(request, order.place_of(rows[size - 1]))
        return rows[:size]

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"results": data, "next": self._next})

    def get_paginated_response_schema(self, schema: Schema) -> Schema:
        following: Schema = {"type": ["string", "null"], "format": "uri"}
        following["description"] = "The address of the next page; null on the last."
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {"results": schema, "next": following},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[Schema]:
        size = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": A_PAGE}
        place = {"type": "string"}
        return [
            _parameter(LIMIT, size, "How many rows at most."),
            _parameter(AFTER, place, "A place in the list, as `next` names it."),
        ]


def _parameter(name: str, schema: Schema, about: str) -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": about}


def size_of(request: Request) -> int:
    text = request.query_params.get(LIMIT, str(A_PAGE))
    size = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
    if not 1 <= size <= MOST_ROWS:
        raise not_valid([FieldError(f"This is a number from 1 to {MOST_ROWS}.", parameter=LIMIT)])
    return size


def address_of(request: Request, place: str) -> str:
    kept = [
        (name, value)
        for name, values in request.query_params.lists()
        for value in values
        if name != AFTER
    ]
    return f"{settings.BASE_URL}{request.path}?{urlencode([*kept, (AFTER, place)])}"
