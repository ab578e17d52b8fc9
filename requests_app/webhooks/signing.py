"""What a message says, and the headers that prove whose it is (Standard Webhooks 1.0)."""

import base64
import hmac
import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.urls import reverse

from requests_app.models import WebhookMessage
from requests_app.models.newsroom.webhook import SECRET_PREFIX


def body_of(message: WebhookMessage) -> bytes:
    """Small: what happened to which request, when, and where to read it. No words of anybody's."""
    event = message.event
    public_id = event.records_request.public_id
    said = {
        "type": f"request.{event.kind}",
        "timestamp": event.recorded_at.isoformat(),
        "data": {
            "event": event.pk,
            "kind": event.kind,
            "on": event.on.isoformat(),
            "request": public_id,
            "url": f"{settings.BASE_URL}{reverse('api_request', args=[public_id])}",
        },
    }
    return json.dumps(said).encode()


def headers_of(
    message_id: str, body: bytes, secrets: Iterable[str], *, at: datetime
) -> dict[str, str]:
    """Signed by each secret: whoever knows one of them can tell that it is ours, and when."""
    stamp = str(int(at.timestamp()))
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(
            signature(secret, message_id, stamp, body) for secret in secrets
        ),
    }


def signature(secret: str, message_id: str, stamp: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = hmac.new(key, f"{message_id}.{stamp}.".encode() + body, sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"
