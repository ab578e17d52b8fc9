"""A JSON body read strictly: one object, each key once, text that can be kept and printed."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import BaseParser

from requests_app.api.protocol.problems import Problem


class JSONObject(BaseParser):
    """Refuses what two readers could read differently, and what no letter could say."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        raw = stream.read(settings.API_MAX_BYTES + 1)
        if len(raw) > settings.API_MAX_BYTES:
            limit = f"{settings.API_MAX_BYTES // 2**20} MB"
            raise Problem(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"The body is larger than {limit}: send large files as multipart/form-data.",
            )
        return parsed(raw)


def parsed(raw: bytes) -> dict[str, Any]:
    """Problem: it is no JSON object that can be read in one way alone."""
    if not raw:
        return {}
    try:
        body = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_each_key_once, parse_constant=_no_number
        )
    except UnicodeDecodeError as error:
        raise _unreadable("it is not UTF-8") from error
    except RecursionError as error:
        raise _unreadable("it is nested too deeply") from error
    except ValueError as error:
        raise _unreadable(str(error)) from error
    if not isinstance(body, dict):
        raise _unreadable("it is no object")
    _check_text(body)
    return body


def _unreadable(why: str) -> Problem:
    return Problem(HTTPStatus.BAD_REQUEST, f"The body cannot be read as JSON: {why}.")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands in it twice")
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _check_text(value: Any) -> None:
    """No NUL, which PostgreSQL cannot keep, and no half of a surrogate pair, which is no text."""
    if isinstance(value, str):
        if "\x00" in value:
            raise _unreadable("text in it has a NUL character")
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise _unreadable("text in it has half of a surrogate pair")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_text(key)
            _check_text(inner)
    elif isinstance(value, list):
        for inner in value:
            _check_text(inner)
