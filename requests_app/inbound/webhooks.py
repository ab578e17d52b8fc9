"""Providers that hand mail over by HTTP: Postmark, Mailgun, Amazon SES.

Each proves who it is: Postmark by its password, Mailgun by its key (django-anymail knows both),
Amazon by SNS's signature (`sns`). What anymail would parse we do not need: the desk wants the
message as it came. A provider that is not set up to send it so is refused, with the way to set it
up in the answer and in the log. An address is served only where its secret is configured.
"""

import base64
import binascii
import hashlib
import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from email.message import Message
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.mailgun import MailgunBaseWebhookView
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from requests_app.accounts.client_address import place_of
from requests_app.inbound import sns
from requests_app.inbound.storing import ask_worker_to_read, store
from requests_app.models import CameBy
from requests_app.shared_counts import (
    count_this_minute,
    counted_this_minute,
    first_words,
    seconds_left,
)
from requests_app.storage.content import chunks_of

logger = logging.getLogger(__name__)
# Mailgun tries again for eight hours, and does not say whether it signs anew.
MAILGUN_MAX_AGE = timedelta(days=1)
CLOCK_SKEW = timedelta(minutes=15)


class NotWholeMessage(Exception):
    """The provider sent something else than a whole message: how to set it up."""


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """A message as a provider hands it over."""

    raw: bytes
    envelope_to: str = ""


class RawWebhook(AnymailBaseWebhookView):
    """Check who it is, take out the message, keep it, say yes."""

    webhook_secret: list[str] | None = None  # "user:password", as the provider signs in
    # Not 403: Postmark then gives a message up at once, and it may be our password that is wrong.
    status_of_forged = 400

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        at = timezone.now()
        if counted_this_minute(_stranger(request), at=at) >= settings.API_STRANGERS_PER_MINUTE:
            wait = {"Retry-After": str(seconds_left(at))}
            told = "Too many calls that prove nothing: wait a minute."
            return HttpResponse(told, status=429, headers=wait, content_type="text/plain")
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.INBOUND_MAX_BYTES:
            return self._refused("The message is larger than INBOUND_MAX_BYTES.", status=413)
        # Read here: the limit that Django sets on forms is not one for mail.
        request._body = request.read()
        try:
            self.prepare(request)
            self.run_validators(request)
            received = self.message_in(request)
        except AnymailWebhookValidationFailure as error:
            count_this_minute(_stranger(request), at=at)
            return self._refused(str(error), status=self.status_of_forged)
        except NotWholeMessage as error:
            return self._refused(str(error), status=422)
        except sns.AmazonUnavailable as error:
            return self._refused(f"{error}. Try again later.", status=503)
        if received is None:
            return HttpResponse()
        try:
            mail, _ = store(
                chunks_of(BytesIO(received.raw)),
                came_by=CameBy.WEBHOOK,
                at=timezone.now(),
                envelope_to=received.envelope_to,
            )
        except (OSError, DatabaseError):
            logger.exception("mail by the webhook of %s was not stored", self.esp_name)
            return HttpResponse("Not stored: try again later.", status=503)
        ask_worker_to_read(mail)
        return HttpResponse()

    def prepare(self, request: HttpRequest) -> None:
        """Before the request is checked."""

    def message_in(self, request: HttpRequest) -> ReceivedMessage | None:
        """The message, or None where the provider says something else. Raises NotWholeMessage."""
        raise NotImplementedError

    def _refused(self, why: str, *, status: int) -> HttpResponse:
        logger.error("the inbound webhook of %s was refused: %s", self.esp_name, why)
        return HttpResponse(why, status=status, content_type="text/plain; charset=utf-8")


def _stranger(request: HttpRequest) -> str:
    """Whose calls that proved nothing are counted: by where they come from, as the API does."""
    return f"inbound:{place_of(request)}"[:120]


class Postmark(RawWebhook):
    esp_name = "Postmark"

    def message_in(self, request: HttpRequest) -> ReceivedMessage:
        event = _object(request.body)
        raw = event.get("RawEmail")
        if not isinstance(raw, str) or not raw:
            raise NotWholeMessage(
                "Postmark sent no RawEmail: in the server's inbound settings, check “Include raw "
                "email content in JSON payload”."
            )
        return ReceivedMessage(_bytes(raw), str(event.get("OriginalRecipient") or ""))


class Mailgun(MailgunBaseWebhookView, RawWebhook):
    def prepare(self, request: HttpRequest) -> None:
        """The form, read without Django's limit on its size; its bytes are the message's own."""
        fields = _fields(request)
        self.raw = fields.pop("body-mime", b"")
        form = QueryDict(mutable=True)
        for name, value in fields.items():
            form[name] = value.decode("utf-8", "replace")
        request._post, request._files = form, MultiValueDict()  # type: ignore[attr-defined]
        if not (form.get("timestamp", "") + form.get("token", "")).isascii():
            raise AnymailWebhookValidationFailure("Mailgun's token is not ASCII")

    def validate_request(self, request: HttpRequest) -> None:
        """Beside the signature, which anymail checks: it covers no word of the message, so it is
        good for one message only and not for ever, as Mailgun's documentation advises."""
        try:
            age = timezone.now().timestamp() - float(request.POST.get("timestamp", ""))
        except ValueError as error:
            raise AnymailWebhookValidationFailure("Mailgun's timestamp is no number") from error
        if not -CLOCK_SKEW.total_seconds() <= age <= MAILGUN_MAX_AGE.total_seconds():
            raise AnymailWebhookValidationFailure(
                "Mailgun's timestamp is not of these days: is the clock right?"
            )

    def message_in(self, request: HttpRequest) -> ReceivedMessage:
        if not self.raw:
            raise NotWholeMessage(
                "Mailgun sent no body-mime: let the route forward() to this address with /mime at "
                "its end, for which Mailgun sends the whole message."
            )
        self._use_up(f"{request.POST['timestamp']}{request.POST['token']}")
        return ReceivedMessage(self.raw, request.POST.get("recipient", ""))

    def _use_up(self, signed: str) -> None:
        """Asked after the signature: a stranger must not use one up. The same message may come
        again, as it does when it could not be stored. Keyed by all that is signed: the signature
        does not say where the timestamp ends and the token begins."""
        key = f"mailgun:{hashlib.sha256(signed.encode()).hexdigest()}"
        content = hashlib.sha256(self.raw).hexdigest()
        if first_words(key, content, keep=MAILGUN_MAX_AGE) != content:
            raise AnymailWebhookValidationFailure("Mailgun's token came with another message")


class AmazonSes(RawWebhook):
    """An SES receipt rule's SNS action, in base64 or not. S3 is not read here."""

    esp_name = "Amazon SES"
    warn_if_no_basic_auth = False  # SNS signs; a password is one more lock
    status_of_forged = 403
    topic = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.basic_auth and not request.META.get("HTTP_AUTHORIZATION"):
            # SNS signs in only when it is asked to.
            challenge = {"WWW-Authenticate": 'Basic realm="Records Desk"'}
            return HttpResponse(status=401, headers=challenge)
        return super().post(request, *args, **kwargs)

    def message_in(self, request: HttpRequest) -> ReceivedMessage | None:
        notification = _object(request.body)
        try:
            fetch = sns.fetch_certificate
            sns.verify(notification, topic=self.topic, at=timezone.now(), fetch=fetch)
            if notification["Type"] == sns.SUBSCRIPTION:
                sns.confirm(notification["SubscribeURL"])
                logger.info("the subscription to %s is confirmed", self.topic)
        except sns.Forged as error:
            raise AnymailWebhookValidationFailure(f"SNS's message is refused: {error}") from error
        if notification["Type"] != sns.NOTIFICATION:
            if notification["Type"] != sns.SUBSCRIPTION:
                logger.error("no mail comes any more: %s", notification["Message"])
            return None
        event = _object(str(notification.get("Message", "")).encode())
        receipt = event.get("receipt") or {}
        content, action = event.get("content"), receipt.get("action") or {}
        if event.get("notificationType") != "Received" or not isinstance(content, str):
            raise NotWholeMessage(
                "Amazon sent no message: let the SES receipt rule have an SNS action, which "
                "carries the content, encoded in Base64. An S3 action is not read here."
            )
        recipients = receipt.get("recipients") or [""]
        to = str(recipients[0]) if len(recipients) == 1 else ""
        return ReceivedMessage(_content(content, str(action.get("encoding", ""))), to)


def urls() -> list[URLPattern]:
    """The addresses whose secrets are configured."""
    found = []
    if secret := settings.POSTMARK_WEBHOOK_SECRET:
        view = Postmark.as_view(webhook_secret=[secret])
        found.append(path("inbound/postmark/", view, name="inbound_postmark"))
    if key := settings.MAILGUN_SIGNING_KEY:
        view = Mailgun.as_view(webhook_signing_key=key)
        found.append(path("inbound/mailgun/mime", view, name="inbound_mailgun"))
    secret = settings.SES_WEBHOOK_SECRET
    if topic := settings.SES_TOPIC_ARN:
        view = AmazonSes.as_view(webhook_secret=[secret] if secret else [], topic=topic)
        found.append(path("inbound/ses/", view, name="inbound_ses"))
    elif secret:
        logger.error("SES_WEBHOOK_SECRET is set, SES_TOPIC_ARN is not: /inbound/ses/ is not served")
    return found


def _object(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body)
    except ValueError as error:
        raise NotWholeMessage(
            "What came is not JSON: check which webhook has this address."
        ) from error
    if not isinstance(parsed, dict):
        raise NotWholeMessage(
            "What came is not a JSON object: check which webhook has this address."
        )
    return parsed


def _content(content: str, encoding: str) -> bytes:
    if encoding.upper() != "BASE64":
        return _bytes(content)
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotWholeMessage("The content is called Base64 and is not.") from error


def _bytes(text: str) -> bytes:
    """JSON may hold half of a surrogate pair; what it stood for is not known, so it is marked."""
    return text.encode("utf-8", "replace")


def _fields(request: HttpRequest) -> dict[str, bytes]:
    """A form's fields as bytes, byte for byte."""
    header = Message()
    header["Content-Type"] = request.META.get("CONTENT_TYPE", "")
    if header.get_content_type() != "multipart/form-data":
        text = request.body.decode("latin-1")
        pairs = parse_qsl(text, keep_blank_values=True, encoding="latin-1")
        return {name: value.encode("latin-1") for name, value in pairs}
    boundary = str(header.get_boundary("")).encode("latin-1", "replace")
    found = {}
    for part in (b"\r\n" + request.body).split(b"\r\n--" + boundary)[1:]:
        head, _, content = part.partition(b"\r\n\r\n")
        about = Message()
        about["Content-Disposition"] = _disposition(head)
        name = about.get_param("name", header="content-disposition")
        if isinstance(name, str):
            found[name] = content
    return found


def _disposition(head: bytes) -> str:
    for line in head.decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        if name.strip().lower() == "content-disposition":
            return value.strip()
    return ""
