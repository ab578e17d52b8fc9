"""The mail by which somebody is asked into a newsroom, in text and in the desk's look."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from requests_app.models import Invitation
from requests_app.reminders.mails.mail_body import one_line
from requests_app.reminders.mails.server import Server

AS_WHAT = {
    "reporter": "a reporter: you draft, file and track requests",
    "researcher": "a researcher: you read the newsroom’s requests and log its appeals",
    "editor": "an editor: you work on all the newsroom’s requests, and approve and assign them",
    "admin": "an admin: you do what an editor does, and look after members and settings",
}


def message_for(invitation: Invitation, key: str, *, has_account: bool) -> EmailMultiAlternatives:
    """`has_account`: the address is somebody's already, who is told what to do instead."""
    who, where = invitation.invited_by.name, invitation.newsroom.name
    zone = ZoneInfo(settings.TIME_ZONE)
    context = {
        "invitation": invitation,
        "who": who,
        "where": where,
        "as_what": AS_WHAT[invitation.role],
        "until": invitation.expires_at.astimezone(zone),
        "has_account": has_account,
        "link": f"{settings.BASE_URL}{reverse('invitation', args=[key])}",
    }
    message = EmailMultiAlternatives(
        subject=one_line(f"{who} invites you to {where} on Records Desk"),
        body=render_to_string("emails/invitation.txt", context).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[invitation.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("emails/invitation.html", context), "text/html")
    return message


def send(message: EmailMultiAlternatives) -> None:
    """Give it to the mail server now. Raises what `server.Server` raises."""
    with Server() as server:
        server.reach()
        server.give(message)
