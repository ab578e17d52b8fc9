"""How people get an account and get in: an admin invites them, and nobody signs up."""

import smtplib
from typing import Any
from urllib.parse import urlsplit

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from requests_app.accounts import known_devices
from requests_app.accounts.client_address import address_of
from requests_app.accounts.security_events import SecurityKind, report
from requests_app.accounts.throttles import TooManyTries, Try
from requests_app.ledger.security.security_log import hash_of_typed
from requests_app.models import User
from requests_app.vocabulary.dates_and_amounts import count

log = structlog.get_logger(__name__)


class InvitationOnlyAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whom allauth counts by what it counts itself."""
        return address_of(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Whose password this is; None where it is wrong. Raises ValidationError for one try too
        many, without looking at the password."""
        email = str(credentials.get("email", ""))
        owner = User.objects.filter(email__iexact=email).first()
        try:
            one_try = Try(request, email)
        except TooManyTries as wait:
            report(SecurityKind.SIGN_IN_REFUSED, owner, **_typed(owner, email))
            raise forms.ValidationError(_too_many(wait.seconds), code="too_many_tries") from wait
        user = super().authenticate(request, **credentials)
        if user is None:
            report(SecurityKind.SIGN_IN_FAILED, owner, **_typed(owner, email))
            return None
        one_try.was_right()
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth's own count, by which whoever knew an address kept its owner out."""

    def post_login(self, request: HttpRequest, user: User, **said: Any) -> HttpResponse:
        answer: HttpResponse = super().post_login(request, user, **said)
        known_devices.remember(request, answer, user)
        return answer

    def get_reset_password_from_key_url(self, key: str) -> str:
        """From BASE_URL alone, whatever name the request was sent to."""
        url = urlsplit(super().get_reset_password_from_key_url(key))
        return f"{settings.BASE_URL}{url.path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away is said on the page; what was done before stays done."""
        request = allauth_context.request
        told = {"base_url": settings.BASE_URL, **context}
        try:
            super().send_mail(template_prefix, email, told)
        except (smtplib.SMTPException, OSError) as error:
            log.warning("account mail was not sent", template=template_prefix, error=str(error))
            request.mail_was_refused = True
            messages.error(
                request, "The mail server did not take the mail. Try again in a few minutes."
            )


def _typed(owner: User | None, email: str) -> dict[str, str]:
    """Where nobody has the address, its hash alone: people type passwords there."""
    return {} if owner else {"typed": hash_of_typed(email)}


def _too_many(seconds: int) -> str:
    wait = count(seconds, "second") if seconds < 120 else count(-(-seconds // 60), "minute")
    return (
        f"Too many wrong passwords. Try again in {wait}, or choose a new password by the link that "
        "“Forgot your password?” mails to you."
    )
