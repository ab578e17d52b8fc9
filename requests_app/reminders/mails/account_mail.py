"""The mail by which admins hear that the desk may not use a mail account any more."""

from datetime import datetime

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from requests_app.models import MailSignIn, Role, User
from requests_app.reminders.mails.mail_body import one_line
from requests_app.reminders.mails.server import Away, Never, NotNow, Server, Unknown

log = structlog.get_logger(__name__)


def tell(sign_in_id: int, *, at: datetime) -> None:
    """To every admin of the desk, once. Where no mail leaves, as by that very account, the next
    refusal tries again; the pages of admins say it meanwhile."""
    refused = MailSignIn.objects.filter(pk=sign_in_id, is_refused=True, told_at=None)
    account = refused.first()
    if account is None or not refused.update(told_at=at):
        return
    admins = User.objects.filter(is_active=True, membership__role=Role.ADMIN)
    try:
        with Server() as server:
            server.reach()
            for admin in admins.order_by("pk"):
                server.give(_message(account, admin.email))
    except (Away, NotNow, Never, Unknown) as error:
        MailSignIn.objects.filter(pk=sign_in_id).update(told_at=None)
        log.error("nobody could be mailed of a refused mail account", why=str(error))


def _message(account: MailSignIn, to: str) -> EmailMessage:
    return EmailMessage(
        subject=one_line(f"Records Desk may not use {account.account} any more"),
        body=(
            f"{account.trouble}\n\n"
            "Until then the desk brings no mail from it and sends none by it. Nothing is lost: "
            "what came stays in the mailbox, and letters wait.\n\n"
            f"How it stands: {settings.BASE_URL}{reverse('mail_setup')}\n"
        ),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
