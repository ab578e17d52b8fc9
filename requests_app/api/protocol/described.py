"""What the API's own document (OpenAPI 3.1) says of every address beside its serializer."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from requests_app.api.protocol.problems import PROBLEM
from requests_app.api.protocol.repeated_calls import key_parameter
from requests_app.api.protocol.versions import if_match_parameter

Schema = dict[str, Any]
# What may be wrong with any call, and with one that changes something.
OF_ANY = {
    "400": "It cannot be read.",
    "401": "Nobody is signed in, or the token does not work.",
    "403": "You may not do this, or the token may not.",
    "404": "There is nothing here that you may see.",
    "405": "Nothing of this kind is done here.",
    "406": "What you accept is not given here.",
    "422": "Something is missing or wrong: see `errors`.",
    "429": "Too many calls: see Retry-After.",
}
OF_A_WRITE = {
    "409": "It cannot be done as things stand. Nothing was changed.",
    "412": "Another version stands by now. Nothing was changed.",
    "413": "The body is too large.",
    "415": "The body is of another kind than is read here.",
    "428": "Send If-Match.",
}
PROBLEM_SCHEMA: Schema = {
    "type": "object",
    "description": "An error (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong and what to do, in words."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "To a field of the body."},
                    "parameter": {"type": "string", "description": "Of the address."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


class DescribedOperation(AutoSchema):
    """Bodies that are forms of the desk, and headers that every write takes."""

    def get_request_serializer(self) -> Any:
        if hasattr(self.view, "body"):
            return self.view.body()
        return None if self.method == "POST" else super().get_request_serializer()

    def get_override_parameters(self) -> list[Any]:
        found = [_parameter(one) for one in getattr(self.view, "query_parameters", list)()]
        if self.method in {"POST", "PUT"}:
            found.append(_parameter(key_parameter()))
        if self.method in {"POST", "PUT"} and getattr(self.view, "needs_version", False):
            found.append(_parameter(if_match_parameter()))
        return found

    def get_response_serializers(self) -> Any:
        found = super().get_response_serializers()
        success = getattr(self.view, "success", 200)
        return {success: found} if self.method == "POST" else found

    def get_description(self) -> str:  # type: ignore[override]
        about = getattr(self.view, "about", None)
        return about() if about else super().get_description()

    def get_tags(self) -> list[str]:
        return [self._tokenize_path()[0]]


def _parameter(raw: Schema) -> OpenApiParameter:
    return OpenApiParameter(
        raw["name"], raw["schema"], raw["in"], raw["required"], raw.get("description", "")
    )


def add_problems(result: Schema, generator: Any, request: Any, public: bool) -> Schema:
    """Every way in which a call may fail, and that what is known already is not sent again."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            is_read = method == "get"
            problems = OF_ANY if is_read else {**OF_ANY, **OF_A_WRITE}
            for status, words in problems.items():
                operation["responses"].setdefault(
                    status, {"description": words, "content": content}
                )
            if is_read:
                same = {"description": "As it was, by If-None-Match."}
                operation["responses"].setdefault("304", same)
    return result
