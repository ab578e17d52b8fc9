"""Which version was read, and is written on: ETag, If-None-Match, If-Match (RFC 9110)."""

from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.api.protocol.problems import Problem


def quoted(version: str) -> str:
    return f'"{version}"'


def answer_unless_known(request: Request, response: Response) -> None:
    """Once it is drawn: with its ETag, or as 304 where the caller has it already."""

    def when_drawn(drawn: Response) -> HttpResponseBase | None:
        etag = drawn.headers.get("ETag") or quoted(sha256(drawn.content).hexdigest()[:32])
        drawn.headers["ETag"] = etag
        drawn.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(drawn, ["Authorization", "Cookie", "Accept"])
        found: HttpResponseBase | None = get_conditional_response(
            request._request, etag=etag, response=drawn
        )
        return found

    response.add_post_render_callback(when_drawn)


def version_written_on(request: Request, stands: str) -> None:
    """Refuses to write on another version than the one that stands, or on none that is named."""
    named = request.headers.get("If-Match", "").strip()
    if not named:
        raise Problem(
            HTTPStatus.PRECONDITION_REQUIRED,
            "Send If-Match with the ETag of the version that you read, so that nobody else's "
            "words are overwritten.",
        )
    if quoted(stands) not in {one.strip() for one in named.split(",")}:
        raise Problem(
            HTTPStatus.PRECONDITION_FAILED,
            "Another version stands by now. Nothing was changed: read it, then write again.",
            headers={"ETag": quoted(stands)},
        )


def if_match_parameter() -> dict[str, Any]:
    return {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "schema": {"type": "string"},
        "description": "The ETag of the version that you read.",
    }
