"""Send what is promised, so that at every moment the row says what may have happened."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import httpx
from django.db import transaction

from cities.portals.outcome import ReadingFailedError
from cities.portals.safe_address import CheckedTransport
from requests_app.ledger.security import security_log
from requests_app.models import RecordsRequest, Webhook, WebhookMessage
from requests_app.vocabulary.security_kinds import SecurityKind
from requests_app.webhooks import outbox
from requests_app.webhooks.signing import body_of, headers_of

BATCH = 200  # in one run; the next one takes the rest
MOST_READ = 2_000  # of an answer
SECONDS = 10.0
USER_AGENT = "Records Desk webhooks"
GONE = "It answered 410: it wants to hear nothing more."


@contextmanager
def open_http(transport: httpx.BaseTransport | None = None) -> Iterator[httpx.Client]:
    """To public addresses alone, by https, never on to another place."""
    with httpx.Client(
        transport=transport or CheckedTransport(),
        timeout=httpx.Timeout(SECONDS, connect=5.0),
        follow_redirects=False,
        trust_env=False,
        headers={"User-Agent": USER_AGENT},
    ) as http:
        yield http


def send_due(http: httpx.Client, *, now: Callable[[], datetime]) -> int:
    """Every message that is due, each settled by itself; how many were tried."""
    outbox.release_stuck(at=now())
    due = WebhookMessage.objects.due(at=now()).order_by("not_before", "pk")
    waiting = list(due.values_list("pk", flat=True)[:BATCH])
    for message_id in waiting:
        send(message_id, http, now=now)
    return len(waiting)


def send(message_id: int, http: httpx.Client, *, now: Callable[[], datetime]) -> None:
    """Claim it, tell it, write down what was answered. The loser of a race returns at once."""
    message = outbox.claim(message_id, at=now())
    if message is None:
        return
    if not _may_still_be_told(message):
        outbox.mark_silent(message)
        return
    try:
        status, answer = _give(message, http, at=now())
    except (httpx.HTTPError, httpx.InvalidURL, ReadingFailedError) as error:
        outbox.retry_later(message, None, _in_words(error), at=now())
        return
    if 200 <= status < 300:  # any success
        outbox.mark_delivered(message, status, answer, at=now())
    elif status == httpx.codes.GONE:
        _end(message.webhook, at=now())
        outbox.mark_silent(message)
    else:
        outbox.retry_later(message, status, answer, at=now())


@transaction.atomic
def _end(webhook: Webhook, *, at: datetime) -> None:
    """By the desk itself, once."""
    if Webhook.objects.filter(pk=webhook.pk, ended_at=None).update(ended_at=at, why_ended=GONE):
        security_log.record(
            SecurityKind.WEBHOOK_ENDED, newsroom=webhook.newsroom, at=at, host=webhook.host,
            webhook=webhook.pk, why=GONE,
        )  # fmt: skip


def _may_still_be_told(message: WebhookMessage) -> bool:
    """Asked at each sending: people leave, and requests are given to others."""
    webhook = message.webhook
    if not Webhook.objects.working().filter(pk=webhook.pk).exists():
        return False
    seen = RecordsRequest.objects.visible_to(webhook.user)
    return bool(seen.filter(pk=message.event.records_request_id).exists())


def _give(message: WebhookMessage, http: httpx.Client, *, at: datetime) -> tuple[int, str]:
    """The status, and the first words of the answer."""
    body, webhook = body_of(message), message.webhook
    headers = headers_of(message.message_id, body, webhook.secrets_at(at), at=at)
    with http.stream("POST", webhook.url, content=body, headers=headers) as response:
        read = b""
        for chunk in response.iter_bytes(1024):
            read += chunk
            if len(read) >= MOST_READ:
                break
        words = read[: outbox.LONGEST_ANSWER].decode("utf-8", "replace").replace("\x00", "")
        return response.status_code, words


def _in_words(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return f"It did not answer within {SECONDS:.0f} seconds."
    return str(error) or type(error).__name__
