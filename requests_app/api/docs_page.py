"""The API's own document as a page: drawn here, with no script and nothing from another host."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

Schema = dict[str, Any]
REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Named:
    """A parameter, or a field of a body: its name, its kind, whether it is needed, what it says."""

    name: str
    kind: str
    is_required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method at one address."""

    method: str
    address: str
    about: str
    parameters: list[Named] = field(default_factory=list)
    body: list[Named] = field(default_factory=list)
    body_kinds: list[str] = field(default_factory=list)
    answers: list[tuple[str, str, str]] = field(default_factory=list)  # status, words, shape


@dataclass(frozen=True, slots=True)
class Shape:
    """What an answer is made of."""

    name: str
    about: str
    fields: list[Named]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    document = whole_document()
    context = {
        "groups": groups_of(document),
        "shapes": list(shapes_of(document)),
        "base": f"{settings.BASE_URL}{reverse('api_requests').removesuffix('requests/')}",
    }
    return render(request, "api/docs.html", context)


@cache
def whole_document() -> Schema:
    """The same for everybody, as long as the program runs."""
    document: Schema = SchemaGenerator().get_schema(request=None, public=True)
    return document


def groups_of(document: Schema) -> dict[str, list[Operation]]:
    """By the first word of the address."""
    groups: dict[str, list[Operation]] = {}
    for address, operations in document["paths"].items():
        for method, raw in operations.items():
            groups.setdefault(raw["tags"][0], []).append(_operation(method, address, raw))
    return groups


def shapes_of(document: Schema) -> Iterator[Shape]:
    for name, schema in sorted(document["components"]["schemas"].items()):
        if "properties" in schema:
            yield Shape(name, schema.get("description", ""), _fields(schema))


def _operation(method: str, address: str, raw: Schema) -> Operation:
    contents = raw.get("requestBody", {}).get("content", {})
    widest: Schema = max((one["schema"] for one in contents.values()), key=_width, default={})
    return Operation(
        method.upper(),
        address,
        raw.get("description", ""),
        [
            Named(
                one["name"],
                f"{one['in']}, {kind_of(one['schema'])}",
                one.get("required", False),
                one.get("description", ""),
            )
            for one in raw.get("parameters", [])
        ],
        _fields(widest),
        list(contents),
        [
            (status, one.get("description", ""), _shape_of(one))
            for status, one in sorted(raw["responses"].items())
            if status.startswith("2")
        ],
    )


def _width(schema: Schema) -> int:
    return len(schema.get("properties", {}))


def _fields(schema: Schema) -> list[Named]:
    needed = schema.get("required", [])
    return [
        Named(name, kind_of(one), name in needed, one.get("description", ""))
        for name, one in schema.get("properties", {}).items()
    ]


def _shape_of(answer: Schema) -> str:
    return next((kind_of(one.get("schema", {})) for one in answer.get("content", {}).values()), "")


def kind_of(schema: Schema) -> str:
    """In a few words: text, list of Event, one of draft, submitted."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(REF)
    for together in ("allOf", "oneOf", "anyOf"):
        if together in schema:
            return " or ".join(dict.fromkeys(kind_of(one) for one in schema[together]))
    if "enum" in schema:
        return "one of " + ", ".join(str(one) for one in schema["enum"] if one not in ("", None))
    if schema.get("type") == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    if "results" in schema.get("properties", {}):
        return f"page of {kind_of(schema['properties']['results'].get('items', {}))}"
    kinds = schema.get("type", "anything")
    return " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
