"""Providers that hand mail over by HTTP: Postmark, Mailgun, Amazon SES.

django-anymail knows how each proves who it is; what it would parse we do not need: the desk wants
the message as it came. A provider that is not set up to send it so is refused, with the way to set
it up in the answer and in the log; providers try again for hours, so nothing is lost by that.
An address is served only where its secret is configured.
"""

import base64
import binascii
import json
import logging
from dataclasses import dataclass
from email.message import Message
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.mailgun import MailgunBaseWebhookView
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from requests_app.actions.keeping import chunks_of
from requests_app.inbound.storing import hurry, store
from requests_app.models import CameBy

logger = logging.getLogger(__name__)


class NotRaw(Exception):
    """The provider sent something else than a whole message: how to set it up."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A message as a provider hands it over."""

    raw: bytes
    envelope_to: str = ""


class RawWebhook(AnymailBaseWebhookView):
    """Check who it is, take out the message, keep it, say yes."""

    webhook_secret: list[str] | None = None  # "user:password", as the provider signs in

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.INBOUND_MAX_BYTES:
            return self._refused("The message is larger than INBOUND_MAX_BYTES.", status=413)
        # Read here: the limit that Django sets on forms is not one for mail.
        request._body = request.read()
        self.prepare(request)
        self.run_validators(request)
        try:
            handed = self.message_in(request)
        except NotRaw as error:
            return self._refused(str(error), status=422)
        if handed is None:
            return HttpResponse()
        try:
            mail, _ = store(
                chunks_of(BytesIO(handed.raw)),
                came_by=CameBy.WEBHOOK,
                at=timezone.now(),
                envelope_to=handed.envelope_to,
            )
        except (OSError, DatabaseError):
            logger.exception("mail by the webhook of %s was not stored", self.esp_name)
            return HttpResponse("Not stored: try again later.", status=503)
        hurry(mail)
        return HttpResponse()

    def prepare(self, request: HttpRequest) -> None:
        """Before the request is checked."""

    def message_in(self, request: HttpRequest) -> Handed | None:
        """The message, or None where the provider says something else. Raises NotRaw."""
        raise NotImplementedError

    def _refused(self, why: str, *, status: int) -> HttpResponse:
        logger.error("the inbound webhook of %s was refused: %s", self.esp_name, why)
        return HttpResponse(why, status=status, content_type="text/plain; charset=utf-8")


class Postmark(RawWebhook):
    esp_name = "Postmark"

    def message_in(self, request: HttpRequest) -> Handed:
        event = _object(request.body)
        raw = event.get("RawEmail")
        if not isinstance(raw, str) or not raw:
            raise NotRaw(
                "Postmark sent no RawEmail: in the server's inbound settings, check “Include raw "
                "email content in JSON payload”."
            )
        return Handed(_bytes(raw), str(event.get("OriginalRecipient") or ""))


class Mailgun(MailgunBaseWebhookView, RawWebhook):
    def prepare(self, request: HttpRequest) -> None:
        """The form, read without Django's limit on its size; its bytes are the message's own."""
        fields = _fields(request)
        self.raw = fields.pop("body-mime", b"")
        form = QueryDict(mutable=True)
        for name, value in fields.items():
            form[name] = value.decode("utf-8", "replace")
        request._post, request._files = form, MultiValueDict()  # type: ignore[attr-defined]

    def message_in(self, request: HttpRequest) -> Handed:
        if not self.raw:
            raise NotRaw(
                "Mailgun sent no body-mime: let the route forward() to this address with /mime at "
                "its end, for which Mailgun sends the whole message."
            )
        return Handed(self.raw, request.POST.get("recipient", ""))


class AmazonSes(RawWebhook):
    """An SES receipt rule's SNS action, in base64 or not. S3 is not read here."""

    esp_name = "Amazon SES"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.META.get("HTTP_AUTHORIZATION"):  # SNS signs in only when it is asked to
            challenge = {"WWW-Authenticate": 'Basic realm="Records Desk"'}
            return HttpResponse(status=401, headers=challenge)
        return super().post(request, *args, **kwargs)

    def message_in(self, request: HttpRequest) -> Handed | None:
        told = _object(request.body)
        if told.get("Type") == "SubscriptionConfirmation":
            # Opened by a person: a server that opens what it is told could be led anywhere.
            logger.warning("to confirm the SNS subscription, open %s", told.get("SubscribeURL"))
            return None
        event = _object(str(told.get("Message", "")).encode())
        receipt = event.get("receipt") or {}
        content, action = event.get("content"), receipt.get("action") or {}
        if event.get("notificationType") != "Received" or not isinstance(content, str):
            raise NotRaw(
                "Amazon sent no message: let the SES receipt rule have an SNS action, which "
                "carries the content, encoded in Base64. An S3 action is not read here."
            )
        recipients = receipt.get("recipients") or [""]
        to = str(recipients[0]) if len(recipients) == 1 else ""
        return Handed(_content(content, str(action.get("encoding", ""))), to)


def urls() -> list[URLPattern]:
    """The addresses whose secrets are configured."""
    found = []
    if secret := settings.POSTMARK_WEBHOOK_SECRET:
        view = Postmark.as_view(webhook_secret=[secret])
        found.append(path("inbound/postmark/", view, name="inbound_postmark"))
    if key := settings.MAILGUN_SIGNING_KEY:
        view = Mailgun.as_view(webhook_signing_key=key)
        found.append(path("inbound/mailgun/mime", view, name="inbound_mailgun"))
    if secret := settings.SES_WEBHOOK_SECRET:
        view = AmazonSes.as_view(webhook_secret=[secret])
        found.append(path("inbound/ses/", view, name="inbound_ses"))
    return found


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError as error:
        raise NotRaw("What came is not JSON: check which webhook has this address.") from error
    if not isinstance(told, dict):
        raise NotRaw("What came is not a JSON object: check which webhook has this address.")
    return told


def _content(content: str, encoding: str) -> bytes:
    if encoding.upper() != "BASE64":
        return _bytes(content)
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotRaw("The content is called Base64 and is not.") from error


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
