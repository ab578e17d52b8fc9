"""Every error as `application/problem+json` (RFC 9457), with a sentence that says what to do."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, HttpResponse
from rest_framework.exceptions import APIException, Throttled

from requests_app.accounts.origin import note_not_permitted
from requests_app.actions.drafts.versions import OutdatedError
from requests_app.actions.errors import Refused
from requests_app.letters import LetterError

PROBLEM = "application/problem+json"
NOT_FOUND = "There is nothing at this address that you may see."


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field of the body, or one parameter of the address."""

    detail: str
    field: str = ""  # of the body; empty: all of it
    parameter: str = ""

    def as_json(self) -> dict[str, str]:
        if self.parameter:
            return {"parameter": self.parameter, "detail": self.detail}
        return {"pointer": pointer_to(self.field), "detail": self.detail}


def pointer_to(field: str) -> str:
    """A JSON Pointer in a fragment (RFC 6901, 6)."""
    return "#/" + field.replace("~", "~0").replace("/", "~1") if field else "#"


class Problem(Exception):  # an answer, as Http404 is one
    """An answer that is an error."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        errors: Iterable[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.errors, self.headers = tuple(errors), dict(headers or {})


def not_valid(errors: Iterable[FieldError]) -> Problem:
    found = tuple(errors)
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Something is missing or wrong.", found)


def answer_to(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """What the REST framework calls for whatever a view raises. None: a fault of ours."""
    problem = _problem_of(error)
    if problem is None:
        return None
    if isinstance(error, PermissionDenied):
        note_not_permitted(context["request"]._request)
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": problem.status.value,
        "detail": problem.detail,
    }
    if problem.errors:
        body["errors"] = [one.as_json() for one in problem.errors]
    return HttpResponse(
        json.dumps(body),
        status=problem.status.value,
        headers=problem.headers,
        content_type=PROBLEM,
    )


def _problem_of(error: Exception) -> Problem | None:
    if isinstance(error, Problem):
        return error
    if isinstance(error, OutdatedError):
        return Problem(HTTPStatus.PRECONDITION_FAILED, str(error))
    if isinstance(error, Refused | LetterError):
        return Problem(HTTPStatus.CONFLICT, str(error))
    if isinstance(error, Http404):
        return Problem(HTTPStatus.NOT_FOUND, NOT_FOUND)
    if isinstance(error, PermissionDenied):
        return Problem(HTTPStatus.FORBIDDEN, str(error) or "You may not do this.")
    if isinstance(error, RequestDataTooBig):
        return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large.")
    if isinstance(error, SuspiciousOperation):
        return Problem(HTTPStatus.BAD_REQUEST, "The request cannot be read.")
    return _of_the_framework(error) if isinstance(error, APIException) else None


def _of_the_framework(error: APIException) -> Problem:
    headers: dict[str, str] = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if isinstance(error, Throttled):
        wait = int(getattr(error, "wait", 0) or 0) + 1
        headers["Retry-After"] = str(wait)
        return Problem(
            HTTPStatus.TOO_MANY_REQUESTS, f"Too many calls: wait {wait} seconds.", (), headers
        )
    detail = error.detail if isinstance(error.detail, str) else "The request cannot be read."
    return Problem(HTTPStatus(error.status_code), str(detail), (), headers)
