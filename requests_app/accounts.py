"""How people get an account: an admin invites them. Nobody signs up."""

import smtplib
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.contrib import messages
from django.http import HttpRequest

log = structlog.get_logger(__name__)


class InvitationOnlyAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away is said on the page; what was done before stays done."""
        request = allauth_context.request
        try:
            super().send_mail(template_prefix, email, context)
        except (smtplib.SMTPException, OSError) as error:
            log.warning("account mail was not sent", template=template_prefix, error=str(error))
            request.mail_was_refused = True
            messages.error(
                request, "The mail server did not take the mail. Try again in a few minutes."
            )
