"""A call that may be sent twice and is done once: `Idempotency-Key`.

The row is there before anything is done, so that of two at once one does it. The answer is kept in
the transaction of what was done. What was refused changed nothing: its key is free again.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import Any, cast

from django.db import transaction
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.api.protocol.problems import Problem
from requests_app.models import IdempotencyKey, User

HEADER, REPLAYED = "Idempotency-Key", "Idempotent-Replayed"
LONGEST = 255
DROPPED_AT_ONCE = 100


def done_once(
    request: Request, do: Callable[[], Response], *, prepare: Callable[[], None]
) -> Response:
    """What `do` answers; where the same call was answered before, that answer once more.

    `prepare` is what takes long and writes no row: it is done before the transaction, which on
    SQLite lets nobody else write.
    """
    key = request.headers.get(HEADER)
    if key is None:
        prepare()
        with transaction.atomic():
            return do()
    _check(key)
    row, is_new = _claim(request, key)
    if not is_new:
        return _again(row, asked_by(request))
    try:
        prepare()
        with transaction.atomic():
            answer = do()
            _keep(row, answer)
            return answer
    except BaseException:
        IdempotencyKey.objects.filter(pk=row.pk, status=None).delete()
        raise


def asked_by(request: Request) -> str:
    """A hash of what was asked: method, address, body and files."""
    files = [
        (name, file.name, sha256(b"".join(file.chunks())).hexdigest())
        for name in sorted(request.FILES)
        for file in request.FILES.getlist(name)
    ]
    body: Any = request.data
    said = {name: body.getlist(name) for name in body} if hasattr(body, "getlist") else body
    said = {name: value for name, value in said.items() if name not in request.FILES}
    whole = [request.method, request.get_full_path(), said, files]
    return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def _check(key: str) -> None:
    if not (0 < len(key) <= LONGEST and key.isascii() and key.isprintable()):
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            f"{HEADER} is 1 to {LONGEST} letters and digits, such as a UUID.",
        )


def _claim(request: Request, key: str) -> tuple[IdempotencyKey, bool]:
    at = timezone.now()
    past = IdempotencyKey.objects.filter(made_at__lt=at - IdempotencyKey.KEPT)
    IdempotencyKey.objects.filter(pk__in=list(past.values("pk")[:DROPPED_AT_ONCE])).delete()
    return IdempotencyKey.objects.get_or_create(
        user=cast(User, request.user), key=key, defaults={"asked": asked_by(request), "made_at": at}
    )


def _keep(row: IdempotencyKey, answer: Response) -> None:
    row.status = answer.status_code
    row.answer = JSONRenderer().render(answer.data).decode()
    row.location = answer.headers.get("Location", "")
    row.save(update_fields=["status", "answer", "location"])


def _again(row: IdempotencyKey, asked: str) -> Response:
    if row.asked != asked:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"This {HEADER} was used for another call: use a new one for each.",
        )
    if row.status is None:
        raise Problem(
            HTTPStatus.CONFLICT,
            "The same call is being done now: ask again in a moment.",
            headers={"Retry-After": "2"},
        )
    headers: dict[str, Any] = {REPLAYED: "true"}
    if row.location:
        headers["Location"] = row.location
    return Response(json.loads(row.answer or "null"), status=row.status, headers=headers)


def key_parameter() -> dict[str, Any]:
    return {
        "name": HEADER,
        "in": "header",
        "required": False,
        "schema": {"type": "string", "pattern": "^[ -~]+$", "maxLength": LONGEST},
        "description": "A name of your own for this call, kept for 24 hours: sent again with the "
        "same body, it is answered again and not done twice.",
    }
